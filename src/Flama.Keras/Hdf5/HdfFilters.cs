using System.Buffers.Binary;
using System.IO.Compression;

namespace Flama.Keras.Hdf5;

/// <summary>Undoes what chunks went through when they were written: shuffle, gzip, fletcher32.</summary>
internal sealed class HdfFilters
{
    private const int Deflate = 1;
    private const int Shuffle = 2;
    private const int Fletcher = 3;
    private const int MaxFilters = 8;

    /// <summary>Deflate cannot make more than this of a byte.</summary>
    public const long MostOfOneByte = 1032;

    private readonly List<int> ids = [];

    private HdfFilters()
    {
    }

    /// <summary>Reads the message; an empty one is no filters.</summary>
    public static HdfFilters Read(HdfFile file, ReadOnlySpan<byte> body)
    {
        HdfFilters filters = new();
        if (body.IsEmpty)
        {
            return filters;
        }

        HdfCursor cursor = new(file, body);
        var version = cursor.Byte();
        var count = cursor.Byte();
        if (version is not (1 or 2) || count > MaxFilters)
        {
            throw file.Corrupt($"{count} filters of version {version}");
        }

        cursor.Skip(version == 1 ? 6 : 0);
        for (var i = 0; i < count; i++)
        {
            var id = cursor.Short();
            var nameLength = version == 1 || id >= 256 ? cursor.Short() : 0;
            cursor.Skip(2);
            var values = cursor.Short();
            cursor.Skip(version == 1 ? (nameLength + 7) & ~7 : nameLength);
            cursor.Skip((values * 4) + (version == 1 && values % 2 == 1 ? 4 : 0));
            filters.ids.Add(id is Deflate or Shuffle or Fletcher ? id : throw file.Unsupported($"an array with filter {id}"));
        }

        return filters;
    }

    /// <summary>Refuses chunks that cannot have the size that they should, before memory is taken.</summary>
    public void CheckSizes(HdfFile file, List<(ReadOnlyMemory<byte> Key, ulong Address)> chunks, int length)
    {
        var total = 0L;
        foreach (var (key, _) in chunks)
        {
            var stored = new HdfCursor(file, key.Span).Int();
            total += stored;
            if (total > file.Length)
            {
                throw file.Corrupt("chunks have more bytes than the file");
            }

            if (stored * (ids.Contains(Deflate) ? MostOfOneByte : 1L) < length)
            {
                throw file.Corrupt("a chunk has fewer bytes than its shape needs");
            }
        }
    }

    /// <summary>The content of a chunk.</summary>
    /// <param name="file">The file.</param>
    /// <param name="stored">As it is in the file.</param>
    /// <param name="skipped">A bit for each filter that it did not go through.</param>
    /// <param name="length">How many bytes it must have.</param>
    /// <param name="size">Bytes an element.</param>
    public ReadOnlyMemory<byte> Decode(HdfFile file, ReadOnlyMemory<byte> stored, uint skipped, int length, int size)
    {
        for (var i = ids.Count - 1; i >= 0; i--)
        {
            if ((skipped >> i & 1) != 0)
            {
                continue;
            }

            stored = ids[i] switch
            {
                Deflate => Inflate(file, stored, length + sizeof(uint)),
                Shuffle => Unshuffle(stored.Span, size),
                _ => CheckSum(file, stored),
            };
        }

        return stored.Length == length ? stored : throw file.Corrupt($"a chunk has {stored.Length} bytes, not {length}");
    }

    private static byte[] Inflate(HdfFile file, ReadOnlyMemory<byte> stored, int most)
    {
        try
        {
            using ZLibStream stream = new(new MemoryStream(stored.ToArray(), writable: false), CompressionMode.Decompress);
            var content = new byte[most];
            var read = stream.ReadAtLeast(content, most, throwOnEndOfStream: false);
            return content[..read];
        }
        catch (InvalidDataException)
        {
            throw file.Corrupt("a chunk is not what gzip wrote");
        }
    }

    private static byte[] Unshuffle(ReadOnlySpan<byte> stored, int size)
    {
        var content = new byte[stored.Length];
        var count = stored.Length / size;
        for (var b = 0; b < size; b++)
        {
            for (var i = 0; i < count; i++)
            {
                content[(i * size) + b] = stored[(b * count) + i];
            }
        }

        stored[(count * size)..].CopyTo(content.AsSpan(count * size));
        return content;
    }

    private static ReadOnlyMemory<byte> CheckSum(HdfFile file, ReadOnlyMemory<byte> stored)
    {
        if (stored.Length < sizeof(uint))
        {
            throw file.Truncated();
        }

        var content = stored[..^sizeof(uint)];
        return SumOf(content.Span) == BinaryPrimitives.ReadUInt32LittleEndian(stored.Span[^sizeof(uint)..]) ? content : throw file.Corrupt("the checksum of a chunk is not that of its content");
    }

    // Sums of words of 16 bits, the high byte first, modulo 65535.
    private static uint SumOf(ReadOnlySpan<byte> content)
    {
        uint first = 0, second = 0;
        for (var i = 0; i < content.Length; i += 2)
        {
            var word = (uint)(content[i] << 8) | (i + 1 < content.Length ? content[i + 1] : 0u);
            first = (first + word) % 65535;
            second = (second + first) % 65535;
        }

        return (second << 16) | first;
    }
}
