namespace Flama.Scoring.Columns;

/// <summary>What the cells of a typed column are.</summary>
internal enum CellKind
{
    /// <summary>Every cell is missing.</summary>
    Nothing,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Whole numbers with a sign.</summary>
    Integer,

    /// <summary>Whole numbers from 0 on.</summary>
    Unsigned,

    /// <summary>Floating-point numbers.</summary>
    Float,

    /// <summary>Whole numbers divided by a power of ten.</summary>
    Decimal,

    /// <summary>UTF-8.</summary>
    Text,

    /// <summary>Days.</summary>
    Date,

    /// <summary>Times of a day.</summary>
    Time,

    /// <summary>Points in time.</summary>
    Timestamp,

    /// <summary>UUIDs.</summary>
    Identifier,
}
