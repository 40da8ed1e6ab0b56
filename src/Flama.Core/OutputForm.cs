namespace Flama;

/// <summary>How the arrays of an answer stand together, in JSON and for callers.</summary>
public enum OutputForm
{
    /// <summary>One array.</summary>
    Single,

    /// <summary>A list of arrays, where Python gives a list or tuple of them.</summary>
    List,

    /// <summary>An object of arrays by name.</summary>
    Named,
}
