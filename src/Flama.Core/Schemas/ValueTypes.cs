namespace Flama.Schemas;

/// <summary>The types of JSON that a cell may have.</summary>
[Flags]
public enum ValueTypes
{
    /// <summary>Any: the schema does not tell.</summary>
    Any = 0,

    /// <summary>A missing value.</summary>
    Null = 1,

    /// <summary>False or true, which models see as 0 and 1.</summary>
    Boolean = 2,

    /// <summary>A number without a fraction.</summary>
    Integer = 4,

    /// <summary>A number.</summary>
    Number = 8,

    /// <summary>Text.</summary>
    String = 16,
}
