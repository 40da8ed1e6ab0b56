using Flama.FlatBuffers;
using Flama.Scoring.Columns;

namespace Flama.Scoring.Arrow;

/// <summary>An Arrow stream, or an Arrow file (Feather 2), whose messages are read one after the other.</summary>
internal sealed class ArrowTable : ColumnTable
{
    private const int FileHead = 8;
    private const int SchemaMessage = 1, DictionaryMessage = 2, BatchMessage = 3;

    private static readonly TableErrors Errors = new("Arrow");

    private readonly ArrowMessages messages;
    private readonly CostLimit limit;
    private readonly ArrowField[] fields;
    private readonly long? length;
    private readonly Dictionary<int, ArrowCells> chosen = [];
    private readonly Dictionary<long, Scalar[]> dictionaries = [];
    private readonly Dictionary<int, int> buffers = [];
    private Scalar[] keys = [];
    private ArrowBatch? batch;
    private long row;

    private ArrowTable(ArrowMessages messages, CostLimit limit, ArrowField[] fields, string? pandasNote, long? length)
    {
        this.messages = messages;
        this.limit = limit;
        this.fields = fields;
        this.length = length;
        Columns = [.. fields.Select(field => new TableColumn(field.Name, field.TypeName, field.Format))];
        IndexColumns = IndexColumnsOf(pandasNote);
    }

    /// <inheritdoc/>
    public override string Format => "Arrow";

    /// <inheritdoc/>
    public override IReadOnlyList<TableColumn> Columns { get; }

    /// <inheritdoc/>
    public override double? Progress => length is > 0 ? Math.Min(1.0, (double)messages.Position / length.Value) : null;

    private static ReadOnlySpan<byte> FileMagic => "ARROW1"u8;

    private static ReadOnlySpan<byte> StreamMagic => [0xFF, 0xFF, 0xFF, 0xFF];

    private static ReadOnlySpan<byte> FirstFeather => "FEA1"u8;

    /// <summary>Whether an input with such first bytes is an Arrow file.</summary>
    public static bool IsFile(byte[] prefix) => prefix.AsSpan().StartsWith(FileMagic);

    /// <summary>Whether an input with such first bytes is an Arrow stream.</summary>
    public static bool IsStream(byte[] prefix) => prefix.AsSpan().StartsWith(StreamMagic);

    /// <summary>Whether an input with such first bytes is of the first version of Feather, which is not read.</summary>
    public static bool IsFirstFeather(byte[] prefix) => prefix.AsSpan().StartsWith(FirstFeather);

    /// <summary>Opens a file. Its messages are those of a stream after its first bytes; the footer, which repeats where they are, is not needed.</summary>
    /// <inheritdoc cref="OpenStreamAsync"/>
    public static ValueTask<ColumnTable> OpenFileAsync(Stream stream, string name, CancellationToken cancellationToken) =>
        OpenAsync(stream, name, FileHead, cancellationToken);

    /// <summary>Opens a stream.</summary>
    /// <param name="stream">The bytes; stays the caller's.</param>
    /// <param name="name">What messages call the input.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="FlamaException">The input contradicts the format, or its cost is out of proportion.</exception>
    public static ValueTask<ColumnTable> OpenStreamAsync(Stream stream, string name, CancellationToken cancellationToken) =>
        OpenAsync(stream, name, 0, cancellationToken);

    /// <summary>Refuses the first version of Feather.</summary>
    /// <exception cref="FlamaException">Always.</exception>
    public static ValueTask<ColumnTable> RefuseAsync(Stream stream, string name, CancellationToken cancellationToken) =>
        throw Errors.Unsupported("it is of the first version of Feather");

    /// <inheritdoc/>
    public override void Choose(IReadOnlyList<int> columns)
    {
        foreach (var column in columns)
        {
            var field = fields[column];
            chosen.TryAdd(column, field.Keys is { } format
                ? new(field.Name, ArrowLayout.Fixed, format, Errors)
                : new(field.Name, field.Layout, field.Format!, Errors));
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> AvailableAsync(CancellationToken cancellationToken)
    {
        while (batch is null || row == batch.Rows)
        {
            batch?.Release();
            batch = null;
            if (await messages.NextAsync(cancellationToken).ConfigureAwait(false) is not { } message)
            {
                return 0;
            }

            Take(message.Head, message.Body);
        }

        return (int)(batch.Rows - row);
    }

    /// <inheritdoc/>
    public override ValueTask ReadAsync(int column, Memory<Scalar> cells, CancellationToken cancellationToken)
    {
        var reader = chosen[column];
        if (fields[column] is not { Dictionary: { } id } field)
        {
            reader.Read(batch!, buffers[column], row, cells.Span);
            return ValueTask.CompletedTask;
        }

        keys = keys.Length >= cells.Length ? keys : new Scalar[cells.Length];
        var found = keys.AsSpan(0, cells.Length);
        reader.Read(batch!, buffers[column], row, found);
        Look(id, field, found, cells.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override void Advance(int rows) => row += rows;

    private static async ValueTask<ColumnTable> OpenAsync(Stream stream, string name, int head, CancellationToken cancellationToken)
    {
        CostLimit cost = new(Errors);
        long? whole = stream.CanSeek ? stream.Length - stream.Position : null;
        ArrowMessages source = new(stream, name, cost, Errors);
        await source.SkipAsync(head, cancellationToken).ConfigureAwait(false);
        var (bytes, _) = await source.NextAsync(cancellationToken).ConfigureAwait(false) ?? throw Errors.Corrupt("it has no schema");
        var (columns, note) = ReadSchema(bytes, cost);
        return new ArrowTable(source, cost, columns, note, whole);
    }

    private static (ArrowField[] Fields, string? Note) ReadSchema(byte[] bytes, CostLimit cost)
    {
        var message = new FlatBuffer(bytes, Errors.Corrupt).Root();
        if (message.Byte(1) != SchemaMessage)
        {
            throw Errors.Corrupt("it does not begin with a schema");
        }

        var schema = message.Required(2);
        if (schema.Int16(0) != 0)
        {
            throw Errors.Unsupported("its numbers begin with the highest byte");
        }

        cost.Take(schema.Count(1) * ArrowField.TableCost);
        var columns = Array.ConvertAll(schema.Tables(1), field => ArrowField.Read(field, cost, Errors));

        string? note = null;
        cost.Take(schema.Count(2) * ArrowField.TableCost);
        foreach (var pair in schema.Tables(2))
        {
            note = pair.Text(0) == "pandas" ? pair.Text(1) : note;
        }

        return (columns, note);
    }

    private void Take(byte[] head, byte[] body)
    {
        var message = new FlatBuffer(head, Errors.Corrupt).Root();
        switch (message.Byte(1))
        {
            case BatchMessage:
                batch = new(message.Required(2), body, limit, Errors);
                limit.AddRows(batch.Rows);
                row = 0;
                Place(batch);
                break;
            case DictionaryMessage:
                TakeDictionary(message.Required(2), body);
                break;
        }
    }

    // Where the buffers of each field begin depends on how many texts have.
    private void Place(ArrowBatch rows)
    {
        var (next, views) = (0, 0);
        for (var i = 0; i < fields.Length; i++)
        {
            buffers[i] = next;
            Pass(fields[i], rows, ref next, ref views);
        }
    }

    private static void Pass(ArrowField field, ArrowBatch rows, ref int next, ref int views)
    {
        next += field.Layout switch
        {
            ArrowLayout.None => 0,
            ArrowLayout.Validity or ArrowLayout.SparseUnion => 1,
            ArrowLayout.Fixed or ArrowLayout.Lists or ArrowLayout.DenseUnion => 2,
            ArrowLayout.Views => 2 + rows.ViewBuffers(views++),
            _ => 3,
        };
        foreach (var child in field.Children)
        {
            Pass(child, rows, ref next, ref views);
        }
    }

    private void TakeDictionary(FlatTable table, byte[] body)
    {
        var id = table.Int64(0);
        if (chosen.Keys.Select(column => fields[column]).FirstOrDefault(field => field.Dictionary == id) is not { } owner)
        {
            return;
        }

        ArrowBatch entries = new(table.Required(1), body, limit, Errors);
        limit.AddRows(entries.Rows);
        limit.Take(entries.Rows * 64);
        var cells = new Scalar[entries.Rows];
        new ArrowCells(owner.Name, owner.DictionaryLayout, owner.Format!, Errors).Read(entries, 0, 0, cells);
        entries.Release();
        var isMore = table.Byte(2) != 0 && dictionaries.ContainsKey(id);
        limit.Return(isMore || !dictionaries.TryGetValue(id, out var old) ? 0 : old.Length * 64L);
        dictionaries[id] = isMore ? [.. dictionaries[id], .. cells] : cells;
    }

    private void Look(long id, ArrowField field, ReadOnlySpan<Scalar> found, Span<Scalar> cells)
    {
        var entries = dictionaries.GetValueOrDefault(id) ?? [];
        for (var i = 0; i < cells.Length; i++)
        {
            if (found[i].Kind != ScalarKind.Integer)
            {
                cells[i] = field.Format!.Missing;
                continue;
            }

            var key = found[i].Number;
            cells[i] = key >= 0 && key < entries.Length ? entries[(int)key] : throw Errors.Corrupt($"column '{field.Name}' names an entry that its dictionary lacks");
        }
    }
}
