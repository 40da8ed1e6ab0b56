using System.Buffers.Binary;
using Flama.Compression;
using Flama.Scoring.Columns;

namespace Flama.Scoring.Parquet;

/// <summary>Reads the cells of a column, page by page through the groups of rows. Not thread-safe.</summary>
/// <param name="input">The file.</param>
/// <param name="element">The column in the schema.</param>
/// <param name="limit">Bounds what the file may ask for.</param>
/// <param name="errors">Tells what is wrong.</param>
internal sealed class ParquetColumn(SeekableInput input, ParquetElement element, CostLimit limit, TableErrors errors)
{
    private const int FirstHeader = 512;
    private const int LongestHeader = 1 << 20;

    private readonly ParquetCells entries = new(element.Name, element.Format!, limit, errors);
    private readonly ParquetCells listed = new(element.Name, element.Format!, limit, errors);
    private readonly PageData data = new(limit, errors);
    private ParquetChunk chunk;
    private Scalar[]? dictionary;
    private ParquetValues? values;
    private RunReader? levels;
    private int[] present = [];
    private long position;
    private long end;
    private int left;

    /// <summary>Begins a group of rows.</summary>
    /// <exception cref="FlamaException">Its pages are not where they should be.</exception>
    public void Begin(in ParquetChunk next, long rows)
    {
        chunk = next;
        if (chunk.Type == -1 || chunk.IsElsewhere)
        {
            throw errors.Unsupported(chunk.IsElsewhere ? "its columns are in other files" : $"column '{element.Name}' is encrypted");
        }

        if (chunk.Type != element.Type || chunk.Values != rows || chunk.Start < 0 || chunk.Length < 0 || chunk.Start > input.Length - chunk.Length)
        {
            throw errors.Corrupt($"column '{element.Name}' contradicts its schema");
        }

        position = chunk.Start;
        end = chunk.Start + chunk.Length;
        dictionary = null;
        entries.Release();
        left = 0;
    }

    /// <summary>Reads the next cells.</summary>
    /// <exception cref="FlamaException">There are fewer, or the file contradicts the format.</exception>
    public async ValueTask ReadAsync(Memory<Scalar> cells, CancellationToken cancellationToken)
    {
        while (!cells.IsEmpty)
        {
            if (left == 0)
            {
                await NextPageAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            var count = Math.Min(left, cells.Length);
            Read(cells.Span[..count]);
            left -= count;
            cells = cells[count..];
        }
    }

    // The cells that are there come together, then go apart from the last one on.
    private void Read(Span<Scalar> cells)
    {
        if (levels is null)
        {
            values!.Read(cells);
            return;
        }

        present = present.Length >= cells.Length ? present : new int[cells.Length];
        var flags = present.AsSpan(0, cells.Length);
        levels.Read(flags);
        var from = 0;
        foreach (var flag in flags)
        {
            from += flag & 1;
        }

        values!.Read(cells[..from]);
        for (var i = cells.Length - 1; i >= 0 && from <= i; i--)
        {
            cells[i] = (flags[i] & 1) != 0 ? cells[--from] : element.Format!.Missing;
        }
    }

    private async ValueTask NextPageAsync(CancellationToken cancellationToken)
    {
        var header = await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        if (header.CompressedLength < 0 || header.Length < 0 || header.CompressedLength > end - position)
        {
            throw errors.Corrupt($"a page of column '{element.Name}' is longer than its column");
        }

        var raw = await data.ReadAsync(input, position, header.CompressedLength, cancellationToken).ConfigureAwait(false);
        position += raw.Length;
        try
        {
            switch (header.Type)
            {
                case PageHeader.Dictionary:
                    TakeDictionary(header, raw);
                    break;
                case PageHeader.Data or PageHeader.DataV2:
                    TakeCells(header, raw);
                    break;
            }
        }
        catch (CompressionException exception)
        {
            throw errors.Corrupt($"a page of column '{element.Name}' cannot be decompressed ({exception.Message.TrimEnd('.')})");
        }
    }

    private async ValueTask<PageHeader> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        for (var length = FirstHeader; position < end; length *= 8)
        {
            var bytes = new byte[Math.Min(length, end - position)];
            await input.ReadAsync(position, bytes, cancellationToken).ConfigureAwait(false);
            if (PageHeader.TryRead(bytes, out var header, out var used))
            {
                position += used;
                return header;
            }

            if (bytes.Length < length || length > LongestHeader)
            {
                throw errors.Corrupt($"the header of a page of column '{element.Name}' cannot be read");
            }
        }

        throw errors.Corrupt($"column '{element.Name}' ends before its last cell");
    }

    private void TakeDictionary(PageHeader header, ReadOnlyMemory<byte> raw)
    {
        if (dictionary is not null || header.Values < 0 || header.Encoding is not (ParquetValues.Plain or ParquetValues.PlainDictionary))
        {
            throw errors.Corrupt($"the dictionary of column '{element.Name}' contradicts the format");
        }

        // An entry takes a byte at least, but for texts that are not there.
        entries.Claim(header.Values);
        entries.ClaimBytes(2L * header.Length);
        var bytes = data.Decompress(raw, chunk.Codec, header.Length);
        dictionary = new Scalar[header.Values];
        ParquetValues.Of(ParquetValues.Plain, bytes, header.Values, entries, null).Read(dictionary);
    }

    private void TakeCells(PageHeader header, ReadOnlyMemory<byte> raw)
    {
        if (header.Values < 0)
        {
            throw errors.Corrupt($"a page of column '{element.Name}' has no number of cells");
        }

        listed.Release();
        levels = null;
        ReadOnlyMemory<byte> bytes;
        if (header.Type == PageHeader.DataV2)
        {
            var front = (long)header.LevelLength + header.RepetitionLength;
            if (header.LevelLength < 0 || header.RepetitionLength < 0 || front > raw.Length || front > header.Length)
            {
                throw errors.Corrupt($"a page of column '{element.Name}' contradicts itself");
            }

            levels = element.IsOptional ? new(raw.Slice(header.RepetitionLength, header.LevelLength).ToArray(), 1, errors) : null;
            bytes = header.IsCompressed ? data.Decompress(raw[(int)front..], chunk.Codec, header.Length - (int)front) : raw[(int)front..];
        }
        else
        {
            bytes = data.Decompress(raw, chunk.Codec, header.Length);
            bytes = element.IsOptional ? TakeLevels(header, bytes) : bytes;
        }

        var format = listed.Format;
        values = ParquetValues.Of(header.Encoding, bytes, header.Values, listed, format.Kind == CellKind.Nothing ? null : dictionary);
        left = header.Values;
    }

    private ReadOnlyMemory<byte> TakeLevels(PageHeader header, ReadOnlyMemory<byte> bytes)
    {
        if (header.LevelEncoding != ParquetValues.Runs)
        {
            throw errors.Unsupported($"column '{element.Name}' tells missing cells in the way of the first Parquet files");
        }

        PageBytes reader = new(bytes.Span, errors);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(reader.Take(sizeof(uint)));
        reader.Take(length);
        levels = new(bytes.Slice(sizeof(uint), (int)length), 1, errors);
        return bytes[(sizeof(uint) + (int)length)..];
    }
}
