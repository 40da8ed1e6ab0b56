using System.IO.Compression;
using Flama.Compression;
using Flama.Compression.Blocks;
using Flama.Scoring.Columns;

namespace Flama.Scoring.Parquet;

/// <summary>The bytes of the page that a column is at, as they are in the file and decompressed. Buffers are used again. Not thread-safe.</summary>
/// <param name="limit">Bounds what the file may ask for.</param>
/// <param name="errors">Tells what is wrong.</param>
internal sealed class PageData(CostLimit limit, TableErrors errors)
{
    private const int None = 0, Snappy = 1, Gzip = 2, Brotli = 4, Zstd = 6, Lz4 = 7;

    private static readonly DecompressionLimits Limits = new() { MaxRatio = double.PositiveInfinity };

    private byte[] raw = [];
    private byte[] page = [];

    /// <summary>Reads the bytes of a page; good until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(SeekableInput input, long position, int length, CancellationToken cancellationToken)
    {
        raw = Grow(raw, length);
        await input.ReadAsync(position, raw.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        return raw.AsMemory(0, length);
    }

    /// <summary>Decompresses bytes; good until the next call.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="codec">The number of the compression.</param>
    /// <param name="length">How many bytes come out.</param>
    /// <exception cref="CompressionException">They are damaged.</exception>
    /// <exception cref="FlamaException">Other bytes come out than the page says, or the compression is not known.</exception>
    public ReadOnlyMemory<byte> Decompress(ReadOnlyMemory<byte> bytes, int codec, int length)
    {
        if (codec == None)
        {
            return bytes;
        }

        limit.AddWork(length);
        page = Grow(page, length);
        var output = page.AsMemory(0, length);
        switch (codec)
        {
            case Snappy:
                BlockDecoder.DecodeSnappy(bytes.Span, output.Span);
                break;
            case Lz4:
                BlockDecoder.DecodeLz4(bytes.Span, output.Span);
                break;
            case Brotli:
                if (!BrotliDecoder.TryDecompress(bytes.Span, output.Span, out var written) || written != length)
                {
                    throw Mismatch();
                }

                break;
            case Gzip:
                Unpack("gzip", bytes, output.Span);
                break;
            case Zstd:
                Unpack("zstd", bytes, output.Span);
                break;
            default:
                throw errors.Unsupported($"its compression is not known ({codec}): snappy, gzip, zstd, brotli and LZ4_RAW are");
        }

        return output;
    }

    private void Unpack(string codec, ReadOnlyMemory<byte> bytes, Span<byte> output)
    {
        using MemoryStream packed = new(bytes.ToArray());
        using var unpacked = CodecTable.Find(codec)!.OpenRead(packed, Limits);
        if (unpacked.ReadAtLeast(output, output.Length, throwOnEndOfStream: false) != output.Length)
        {
            throw Mismatch();
        }
    }

    private byte[] Grow(byte[] buffer, int length)
    {
        if (length <= buffer.Length)
        {
            return buffer;
        }

        limit.Take(length - buffer.Length);
        return new byte[length];
    }

    private FlamaException Mismatch() => errors.Corrupt("a page does not have the size that it says");
}
