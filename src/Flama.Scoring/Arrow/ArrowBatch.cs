using System.Buffers.Binary;
using Flama.Compression;
using Flama.FlatBuffers;
using Flama.Scoring.Columns;

namespace Flama.Scoring.Arrow;

/// <summary>A batch of rows, or a dictionary: where the buffers of each field lie in the body of a message. Not thread-safe.</summary>
internal sealed class ArrowBatch
{
    private const int PlaceBytes = 16;
    private const int Zstd = 1;

    private static readonly DecompressionLimits Limits = new() { MaxRatio = double.PositiveInfinity };

    private readonly ReadOnlyMemory<byte> body;
    private readonly long[] places;
    private readonly long[] viewBuffers;
    private readonly int codec = -1;
    private readonly CostLimit limit;
    private readonly TableErrors errors;
    private readonly Dictionary<int, ReadOnlyMemory<byte>> unpacked = [];
    private long claimed;

    /// <summary>Reads the table of a batch.</summary>
    /// <param name="table">The table.</param>
    /// <param name="body">The body of the message.</param>
    /// <param name="limit">Bounds what the file may ask for.</param>
    /// <param name="errors">Tells what is wrong.</param>
    /// <exception cref="FlamaException">It contradicts the format.</exception>
    public ArrowBatch(FlatTable table, ReadOnlyMemory<byte> body, CostLimit limit, TableErrors errors)
    {
        this.body = body;
        this.limit = limit;
        this.errors = errors;
        Rows = table.Int64(0);
        places = Longs(table.Structs(2, PlaceBytes));
        viewBuffers = Longs(table.Structs(4, sizeof(long)));
        if (table.Has(3))
        {
            codec = table.Required(3).Byte(0);
        }

        if (Rows is < 0 or > int.MaxValue)
        {
            throw errors.Corrupt($"a batch has {Rows} rows");
        }
    }

    /// <summary>The number of rows.</summary>
    public long Rows { get; }

    /// <summary>The number of buffers of data that a field of views has.</summary>
    /// <param name="index">Which of those fields.</param>
    public int ViewBuffers(int index) =>
        index < viewBuffers.Length && viewBuffers[index] >= 0 && viewBuffers[index] <= places.Length / 2
            ? (int)viewBuffers[index]
            : throw errors.Corrupt("a batch does not tell how many buffers its texts have");

    /// <summary>A buffer, decompressed.</summary>
    /// <exception cref="FlamaException">It is not there, or damaged.</exception>
    public ReadOnlyMemory<byte> Buffer(int index)
    {
        if (unpacked.TryGetValue(index, out var known))
        {
            return known;
        }

        if (index >= places.Length / 2)
        {
            throw errors.Corrupt("a batch has fewer buffers than its columns need");
        }

        var (start, length) = (places[2 * index], places[(2 * index) + 1]);
        if (start < 0 || length < 0 || start > body.Length - length)
        {
            throw errors.Corrupt("a buffer lies outside its batch");
        }

        var bytes = body.Slice((int)start, (int)length);
        return unpacked[index] = codec < 0 || length == 0 ? bytes : Unpack(bytes);
    }

    /// <summary>Gives memory back.</summary>
    public void Release() => limit.Return(claimed);

    private ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < sizeof(long))
        {
            throw errors.Corrupt("a compressed buffer has no size");
        }

        var size = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
        bytes = bytes[sizeof(long)..];
        if (size == -1)
        {
            return bytes;
        }

        if (size is < 0 or > int.MaxValue || codec > Zstd)
        {
            throw errors.Corrupt("a buffer is compressed in a way that is not known");
        }

        limit.Take(size);
        claimed += size;
        limit.AddWork(size);
        var output = GC.AllocateUninitializedArray<byte>((int)size);
        try
        {
            using MemoryStream packed = new(bytes.ToArray());
            using var stream = CodecTable.Find(codec == Zstd ? "zstd" : "lz4")!.OpenRead(packed, Limits);
            return stream.ReadAtLeast(output, output.Length, throwOnEndOfStream: false) == output.Length
                ? output
                : throw errors.Corrupt("a compressed buffer is shorter than it says");
        }
        catch (CompressionException exception)
        {
            throw errors.Corrupt($"a buffer cannot be decompressed ({exception.Message.TrimEnd('.')})");
        }
    }

    private static long[] Longs(ReadOnlySpan<byte> bytes)
    {
        var values = new long[bytes.Length / sizeof(long)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(i * sizeof(long))..]);
        }

        return values;
    }
}
