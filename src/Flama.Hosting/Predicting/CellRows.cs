namespace Flama.Hosting.Predicting;

/// <summary>Cells of numbers, row-major.</summary>
internal sealed class CellRows : ModelRows
{
    private readonly double[] cells;
    private readonly int columns;

    public CellRows(double[] cells, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (cells.Length == 0 || cells.Length % columns != 0)
        {
            throw new ArgumentException($"{cells.Length} cells are not whole rows of {columns}.", nameof(cells));
        }

        this.cells = cells;
        this.columns = columns;
    }

    internal override FeatureBatch ToBatch(TableSpec spec) => spec.HasKnownFeatures && spec.Features.Count != columns
        ? throw RowProblems.Width(0, columns, spec)
        : FeatureBatch.Wrap(cells, columns);
}
