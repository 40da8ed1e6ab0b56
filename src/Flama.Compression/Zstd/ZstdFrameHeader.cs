using Flama.Compression.Streaming;

namespace Flama.Compression.Zstd;

/// <summary>The header of a frame.</summary>
/// <param name="WindowSize">How far back matches may reach, in bytes.</param>
/// <param name="ContentSize">How many bytes come out; null when unknown.</param>
/// <param name="HasChecksum">Whether a checksum of the content ends the frame.</param>
internal sealed record ZstdFrameHeader(long WindowSize, ulong? ContentSize, bool HasChecksum)
{
    public const uint Magic = 0xFD2FB528;

    private const uint OldestMagic = 0xFD2FB522;
    private const int LargestBlock = 128 * 1024;

    /// <summary>No block decompresses to more.</summary>
    public int BlockSize => (int)Math.Min(WindowSize, LargestBlock);

    /// <summary>Reads a header.</summary>
    /// <param name="input">Stands behind the magic.</param>
    /// <param name="magic">The magic that was read.</param>
    /// <param name="largestWindow">The largest window that may be allocated.</param>
    public static ZstdFrameHeader Read(CompressedInput input, uint magic, long largestWindow)
    {
        if (magic != Magic)
        {
            throw magic is >= OldestMagic and < Magic
                ? input.Unsupported($"the frame is of a zstd before 0.8 (magic 0x{magic:X8})")
                : input.Corrupt($"0x{magic:X8} starts no frame");
        }

        var descriptor = input.ReadByte();
        var isSingleSegment = (descriptor & 0x20) != 0;
        if ((descriptor & 0x08) != 0)
        {
            throw input.Unsupported("the frame header sets a bit that is reserved");
        }

        var windowSize = isSingleSegment ? 0 : ReadWindowSize(input);
        var dictionary = ReadDictionary(input, descriptor & 3);
        if (dictionary != 0)
        {
            throw input.Unsupported($"it was compressed with the dictionary {dictionary}, and dictionaries are not supported");
        }

        var contentSize = ReadContentSize(input, descriptor >> 6, isSingleSegment);
        windowSize = isSingleSegment ? contentSize!.Value : windowSize;
        return windowSize <= (ulong)largestWindow
            ? new ZstdFrameHeader((long)windowSize, contentSize, (descriptor & 0x04) != 0)
            : throw input.TooLarge($"it needs a window of {windowSize} bytes, {largestWindow} bytes are allowed");
    }

    private static ulong ReadWindowSize(CompressedInput input)
    {
        var value = input.ReadByte();
        var size = 1ul << (10 + (value >> 3));
        return size + (size / 8 * (uint)(value & 7));
    }

    private static uint ReadDictionary(CompressedInput input, int flag) => flag switch
    {
        0 => 0,
        1 => input.ReadByte(),
        2 => input.ReadUInt16(),
        _ => input.ReadUInt32(),
    };

    private static ulong? ReadContentSize(CompressedInput input, int flag, bool isSingleSegment) => flag switch
    {
        0 => isSingleSegment ? input.ReadByte() : null,
        1 => input.ReadUInt16() + 256u,
        2 => input.ReadUInt32(),
        _ => input.ReadUInt64(),
    };
}
