namespace Flama;

/// <summary>The kinds of a <see cref="Scalar"/>.</summary>
public enum ScalarKind
{
    /// <summary>No value (Python's <c>None</c>, JSON's <c>null</c>).</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A 64-bit signed integer.</summary>
    Integer,

    /// <summary>A float64.</summary>
    Float,

    /// <summary>A string.</summary>
    Text,
}
