namespace Flama;

/// <summary>What one row of input looks like.</summary>
public enum RowForm
{
    /// <summary>An array of cells by position, or an object of cells by name.</summary>
    Cells,

    /// <summary>One string (text models): <c>["first document", "second"]</c>.</summary>
    Document,

    /// <summary>An object with any keys (dictionary vectorisers).</summary>
    Record,

    /// <summary>An array of any length, one row another than the next (label lists).</summary>
    List,
}
