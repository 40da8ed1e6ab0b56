using System.Text.Json;

namespace Flama.Scoring.Columns;

/// <summary>A table in a file of typed columns: groups of rows one after the other, in which chosen columns are read side by side. Not thread-safe.</summary>
internal abstract class ColumnTable : IDisposable
{
    /// <summary>The name of its format.</summary>
    public abstract string Format { get; }

    /// <summary>All columns.</summary>
    public abstract IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The share of the rows that was read, 0 to 1; null where it is not known.</summary>
    public abstract double? Progress { get; }

    /// <summary>The names of columns that pandas wrote for its index, which is no column of the frame.</summary>
    public IReadOnlySet<string> IndexColumns { get; protected init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Chooses what is read; once, before the first row.</summary>
    /// <param name="columns">Positions of columns that have a format.</param>
    public abstract void Choose(IReadOnlyList<int> columns);

    /// <summary>How many rows can be read at once from here; 0 at the end.</summary>
    /// <exception cref="FlamaException">The file contradicts its format, or its cost is out of proportion.</exception>
    public abstract ValueTask<int> AvailableAsync(CancellationToken cancellationToken);

    /// <summary>Reads the next cells of a column.</summary>
    /// <param name="column">The position of a chosen column.</param>
    /// <param name="cells">Takes the cells: as many for each column before <see cref="Advance"/>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="FlamaException">The file contradicts its format, or its cost is out of proportion.</exception>
    public abstract ValueTask ReadAsync(int column, Memory<Scalar> cells, CancellationToken cancellationToken);

    /// <summary>Goes on, once every chosen column was read so far.</summary>
    public abstract void Advance(int rows);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what it holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>The index columns that pandas's own note in a file names; none where the note is not one.</summary>
    /// <param name="note">The text under the key <c>pandas</c>; null for none.</param>
    protected static IReadOnlySet<string> IndexColumnsOf(string? note)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(note ?? "{}");
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("index_columns", out var columns)
                && columns.ValueKind == JsonValueKind.Array)
            {
                names.UnionWith(columns.EnumerateArray().Where(column => column.ValueKind == JsonValueKind.String).Select(column => column.GetString()!));
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not pandas's own note, or half a surrogate pair in it: the columns are all columns.
            names.Clear();
        }

        return names;
    }
}
