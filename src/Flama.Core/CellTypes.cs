namespace Flama;

/// <summary>
/// What training had in a column, as far as the steps that look at it tell. Formats whose cells have no type of their own, such as CSV, are read by it.
/// </summary>
[Flags]
public enum CellTypes
{
    /// <summary>The model does not tell.</summary>
    Unknown = 0,

    /// <summary>Strings. Where it is the only one of strings, numbers and booleans, every cell that is not missing is text, whatever it looks like.</summary>
    Text = 1,

    /// <summary>Numbers.</summary>
    Number = 2,

    /// <summary>Booleans: <c>True</c>, <c>TRUE</c>, <c>true</c> and the like are 1 and 0.</summary>
    Boolean = 4,

    /// <summary>
    /// Whole numbers from ±2⁵³ on among the categories. float64 cannot tell them apart, so that such a cell is kept as text: its digits.
    /// </summary>
    LargeInteger = 8,

    /// <summary>Strings that pandas takes for missing by default (<c>NA</c>, <c>None</c>, …): they are text in this column.</summary>
    MissingWord = 16,

    /// <summary>The empty string: an empty cell is text in this column.</summary>
    EmptyText = 32,
}
