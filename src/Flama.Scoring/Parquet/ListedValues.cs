namespace Flama.Scoring.Parquet;

/// <summary>Cells that were read all at once.</summary>
/// <param name="column">What the cells are.</param>
/// <param name="values">The cells.</param>
internal sealed class ListedValues(ParquetCells column, Scalar[] values) : ParquetValues
{
    private int position;

    /// <inheritdoc/>
    public override void Read(Span<Scalar> cells)
    {
        if (cells.Length > values.Length - position)
        {
            throw column.Errors.Corrupt("a page ends before its last cell");
        }

        values.AsSpan(position, cells.Length).CopyTo(cells);
        position += cells.Length;
    }
}
