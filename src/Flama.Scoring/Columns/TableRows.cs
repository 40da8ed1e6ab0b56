using Flama.Scoring.Input;

namespace Flama.Scoring.Columns;

/// <summary>Rows of a file of typed columns.</summary>
internal sealed class TableRows : RowSource
{
    private const int MostRows = 8192;

    // 4 MiB of numbers.
    private const int MaxCells = 1 << 19;

    private readonly ColumnTable table;
    private readonly TableLayout layout;
    private readonly Scalar[] cells;
    private long position;

    /// <summary>Prepares reading.</summary>
    /// <param name="table">The file; stays the caller's.</param>
    /// <param name="spec">What rows the model takes.</param>
    /// <param name="options">What the user decided.</param>
    /// <exception cref="FlamaException">The columns do not fit the model.</exception>
    public TableRows(ColumnTable table, TableSpec spec, ScoringOptions options)
    {
        this.table = table;
        layout = TableLayout.Of(table, spec, options);
        cells = new Scalar[Math.Clamp(MaxCells / layout.Plan.Columns, 1, MostRows)];
        table.Choose([.. layout.Columns.Where(IsRead)]);
    }

    /// <inheritdoc/>
    public override string PositionName => "Row";

    /// <inheritdoc/>
    public override double? Progress => table.Progress;

    /// <inheritdoc/>
    public override RowChunk NewChunk() => new TableChunk(layout);

    /// <inheritdoc/>
    public override async ValueTask<bool> ReadAsync(RowChunk chunk, CancellationToken cancellationToken)
    {
        chunk.Clear();
        var rows = Math.Min(await table.AvailableAsync(cancellationToken).ConfigureAwait(false), cells.Length);
        if (rows == 0)
        {
            return false;
        }

        var filled = (TableChunk)chunk;
        filled.Begin(rows);
        for (var feature = 0; feature < layout.Columns.Count; feature++)
        {
            var column = layout.Columns[feature];
            if (IsRead(column))
            {
                await table.ReadAsync(column, cells.AsMemory(0, rows), cancellationToken).ConfigureAwait(false);
                filled.Add(feature, cells.AsSpan(0, rows));
            }
            else
            {
                filled.AddMissing(feature);
            }
        }

        filled.End(position);
        table.Advance(rows);
        position += rows;
        return true;
    }

    // A column of lists, say, that the model never looks at is not read.
    private bool IsRead(int column) => column >= 0 && table.Columns[column].Format is not null;
}
