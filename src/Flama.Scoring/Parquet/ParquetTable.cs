using System.Buffers.Binary;
using Flama.Scoring.Columns;

namespace Flama.Scoring.Parquet;

/// <summary>A Parquet file: columns at the top of its schema, read page by page.</summary>
internal sealed class ParquetTable : ColumnTable
{
    private const int TailLength = 8;
    private const int LongestFooter = 64 << 20;

    private static readonly TableErrors Errors = new("Parquet");

    private readonly SeekableInput input;
    private readonly ParquetFooter footer;
    private readonly CostLimit limit;
    private readonly Dictionary<int, ParquetColumn> chosen = [];
    private readonly long rows;
    private int group = -1;
    private long left;
    private long done;
    private long chunkBytes;

    private ParquetTable(SeekableInput input, ParquetFooter footer, CostLimit limit)
    {
        this.input = input;
        this.footer = footer;
        this.limit = limit;
        Columns = [.. footer.Elements.Select(item => new TableColumn(item.Element.Name, item.Element.TypeName, item.Element.Format))];
        IndexColumns = IndexColumnsOf(footer.PandasNote);
        foreach (var (count, _) in footer.Groups)
        {
            limit.AddRows(count);
            rows += count;
        }
    }

    /// <inheritdoc/>
    public override string Format => "Parquet";

    /// <inheritdoc/>
    public override IReadOnlyList<TableColumn> Columns { get; }

    /// <inheritdoc/>
    public override double? Progress => rows == 0 ? null : (double)done / rows;

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    private static ReadOnlySpan<byte> EncryptedMagic => "PARE"u8;

    /// <summary>Whether an input with such first bytes is Parquet.</summary>
    public static bool IsParquet(byte[] prefix) => prefix.AsSpan().StartsWith(Magic) || prefix.AsSpan().StartsWith(EncryptedMagic);

    /// <summary>Opens a file.</summary>
    /// <param name="stream">The bytes; stays the caller's.</param>
    /// <param name="name">What messages call the input.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="FlamaException">The file contradicts the format, or its cost is out of proportion.</exception>
    public static async ValueTask<ColumnTable> OpenAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        var file = await SeekableInput.OfAsync(stream, name, cancellationToken).ConfigureAwait(false);
        try
        {
            CostLimit cost = new(Errors) { FileBytes = file.Length };
            var bytes = await ReadFooterAsync(file, cancellationToken).ConfigureAwait(false);
            cost.Take(bytes.Length);
            return new ParquetTable(file, ParquetFooter.Read(bytes, cost, Errors), cost);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Choose(IReadOnlyList<int> columns)
    {
        foreach (var column in columns)
        {
            chosen.TryAdd(column, new ParquetColumn(input, footer.Elements[column].Element, limit, Errors));
        }
    }

    /// <inheritdoc/>
    public override ValueTask<int> AvailableAsync(CancellationToken cancellationToken)
    {
        while (left == 0 && group + 1 < footer.Groups.Count)
        {
            group++;
            left = footer.Groups[group].Rows;
            foreach (var (column, reader) in chosen)
            {
                var chunk = footer.Groups[group].Chunks[footer.Elements[column].Leaf];
                reader.Begin(chunk, left);

                // Chunks that share bytes would be read again and again.
                chunkBytes += chunk.Length;
                if (chunkBytes > input.Length)
                {
                    throw Errors.Corrupt("its columns overlap");
                }
            }
        }

        return ValueTask.FromResult((int)Math.Min(left, int.MaxValue));
    }

    /// <inheritdoc/>
    public override ValueTask ReadAsync(int column, Memory<Scalar> cells, CancellationToken cancellationToken) =>
        chosen[column].ReadAsync(cells, cancellationToken);

    /// <inheritdoc/>
    public override void Advance(int rows)
    {
        left -= rows;
        done += rows;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        input.Dispose();
        base.Dispose(disposing);
    }

    private static async ValueTask<byte[]> ReadFooterAsync(SeekableInput file, CancellationToken cancellationToken)
    {
        if (file.Length < Magic.Length + TailLength)
        {
            throw Errors.Corrupt("it ends before its footer");
        }

        var tail = new byte[TailLength];
        await file.ReadAsync(file.Length - TailLength, tail, cancellationToken).ConfigureAwait(false);
        var magic = tail.AsSpan(sizeof(int));
        if (magic.SequenceEqual(EncryptedMagic))
        {
            throw Errors.Unsupported("it is encrypted");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (!magic.SequenceEqual(Magic) || length > file.Length - TailLength - Magic.Length)
        {
            throw Errors.Corrupt("it does not end in a footer");
        }

        if (length > LongestFooter)
        {
            throw Errors.TooLarge($"its footer has {length >> 20} MiB");
        }

        var bytes = new byte[length];
        await file.ReadAsync(file.Length - TailLength - length, bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }
}
