namespace Flama.Scoring.Columns;

/// <summary>A column of a table file. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">What messages call the type of its cells.</param>
/// <param name="Format">How its cells lie in bytes; null where a cell is not one value that a model could take.</param>
internal sealed record TableColumn(string Name, string TypeName, CellFormat? Format);
