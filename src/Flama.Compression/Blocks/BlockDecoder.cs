using Flama.Compression.Lz4;
using Flama.Compression.Streaming;

namespace Flama.Compression.Blocks;

/// <summary>Decodes blocks whose decompressed size stands elsewhere, as in the pages of a Parquet file. Thread-safe.</summary>
public static class BlockDecoder
{
    /// <summary>Decodes an lz4 block without a frame.</summary>
    /// <param name="block">The compressed bytes.</param>
    /// <param name="output">As long as the decompressed bytes, and filled with them.</param>
    /// <exception cref="CompressionException">The block is damaged, or does not give exactly as many bytes.</exception>
    public static void DecodeLz4(ReadOnlySpan<byte> block, Span<byte> output)
    {
        CompressedInput errors = new(Stream.Null, "lz4");
        using HistoryWindow window = new();
        window.Begin(output.Length);
        window.Reserve(output.Length);
        var padded = new byte[block.Length + HistoryWindow.Slop];
        block.CopyTo(padded);
        new Lz4Block(errors, window).Decode(padded, block.Length, output.Length);
        if (window.Drain(output) != output.Length)
        {
            throw errors.Corrupt("a block is shorter than it says");
        }
    }

    /// <summary>Decodes a block of snappy.</summary>
    /// <inheritdoc cref="DecodeLz4"/>
    public static void DecodeSnappy(ReadOnlySpan<byte> block, Span<byte> output) => SnappyBlock.Decode(block, output);
}
