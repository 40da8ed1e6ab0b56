namespace Flama.Data.Reading;

/// <summary>How much of a record a request brings.</summary>
internal enum RecordPart
{
    /// <summary>A new record.</summary>
    New,

    /// <summary>All of a record that there is; what it leaves out gets its default.</summary>
    Whole,

    /// <summary>Some members of a record that there is; the others stay.</summary>
    Some,
}
