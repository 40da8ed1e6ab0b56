using System.Buffers.Binary;
using System.Numerics;
using Flama.Compression.Streaming;

namespace Flama.Compression.Lzma;

/// <summary>LZMA-alone, the format of <c>.lzma</c> files: 13 bytes of header and one LZMA stream.</summary>
internal sealed class LzmaCodec : Codec
{
    /// <summary>The properties that every common writer uses (lc 3, lp 0, pb 2).</summary>
    private const byte CommonProperties = 0x5D;
    private const long LargestLikelySize = 1L << 38;

    public override string Name => "lzma";

    /// <summary>The format has no magic: likely properties, dictionary and size together stand in for one.</summary>
    public override bool Matches(ReadOnlySpan<byte> prefix)
    {
        if (prefix.Length < 5 || prefix[0] != CommonProperties || !IsLikelyDictionary(BinaryPrimitives.ReadUInt32LittleEndian(prefix[1..])))
        {
            return false;
        }

        var sizeIsLikely = prefix.Length < LzmaHeader.Size
            || BinaryPrimitives.ReadInt64LittleEndian(prefix[5..]) is >= LzmaHeader.UnknownSize and < LargestLikelySize;
        var coderIsLikely = prefix.Length <= LzmaHeader.Size || prefix[LzmaHeader.Size] == 0;
        return sizeIsLikely && coderIsLikely;
    }

    protected override Stream OpenDecoder(Stream compressed, DecompressionLimits limits) =>
        new LzmaStream(new CompressedInput(compressed, Name), limits);

    /// <summary>Writers round dictionaries to a power of two, or to one and a half of it.</summary>
    private static bool IsLikelyDictionary(uint size) =>
        size == uint.MaxValue || (size >= 1 << 12 && (BitOperations.IsPow2(size) || (size % 3 == 0 && BitOperations.IsPow2(size / 3))));
}
