using System.Buffers.Binary;
using Flama.Compression.Streaming;

namespace Flama.Compression.Zstd;

/// <summary>The header of a frame.</summary>
/// <param name="Size">How many bytes it has, the magic included.</param>
/// <param name="WindowSize">How far back matches may reach, in bytes.</param>
/// <param name="ContentSize">How many bytes come out; null when unknown.</param>
/// <param name="HasChecksum">Whether a checksum of the content ends the frame.</param>
internal sealed record ZstdFrameHeader(int Size, long WindowSize, ulong? ContentSize, bool HasChecksum)
{
    public const uint Magic = 0xFD2FB528;

    private const uint OldestMagic = 0xFD2FB522;
    private const int LargestBlock = 128 * 1024;

    /// <summary>No block decompresses to more.</summary>
    public int BlockSize => (int)Math.Min(WindowSize, LargestBlock);

    /// <summary>Looks at a header without using it up.</summary>
    /// <param name="input">Stands before the magic.</param>
    /// <param name="magic">The magic.</param>
    /// <param name="largestWindow">The largest window that may be allocated.</param>
    public static ZstdFrameHeader Peek(CompressedInput input, uint magic, long largestWindow)
    {
        if (magic != Magic)
        {
            throw magic is >= OldestMagic and < Magic
                ? input.Unsupported($"the frame is of a zstd before 0.8 (magic 0x{magic:X8})")
                : input.Corrupt($"0x{magic:X8} starts no frame");
        }

        const int DescriptorAt = sizeof(uint);
        var descriptor = input.PeekExactly(DescriptorAt + 1)[DescriptorAt];
        var isSingleSegment = (descriptor & 0x20) != 0;
        if ((descriptor & 0x08) != 0)
        {
            throw input.Unsupported("the frame header sets a bit that is reserved");
        }

        var windowAt = DescriptorAt + 1;
        var dictionaryAt = windowAt + (isSingleSegment ? 0 : 1);
        var contentSizeAt = dictionaryAt + DictionaryWidth(descriptor & 3);
        var dictionary = ReadNumber(input.PeekExactly(contentSizeAt)[dictionaryAt..contentSizeAt]);
        if (dictionary != 0)
        {
            throw input.Unsupported($"it was compressed with the dictionary {dictionary}, and dictionaries are not supported");
        }

        var size = contentSizeAt + ContentSizeWidth(descriptor >> 6, isSingleSegment);
        var header = input.PeekExactly(size)[..size];
        ulong? contentSize = size > contentSizeAt ? ReadContentSize(header[contentSizeAt..]) : null;
        var windowSize = isSingleSegment ? contentSize!.Value : WindowOf(header[windowAt]);
        return windowSize <= (ulong)largestWindow
            ? new ZstdFrameHeader(size, (long)windowSize, contentSize, (descriptor & 0x04) != 0)
            : throw input.TooLarge($"it needs a window of {windowSize} bytes, {largestWindow} bytes are allowed");
    }

    private static ulong WindowOf(byte value)
    {
        var size = 1ul << (10 + (value >> 3));
        return size + (size / 8 * (uint)(value & 7));
    }

    private static int DictionaryWidth(int flag) => flag == 3 ? 4 : flag;

    private static int ContentSizeWidth(int flag, bool isSingleSegment) => flag == 0 ? (isSingleSegment ? 1 : 0) : 1 << flag;

    /// <summary>A size of two bytes counts from 256, the first that one byte cannot hold.</summary>
    private static ulong ReadContentSize(ReadOnlySpan<byte> bytes) => ReadNumber(bytes) + (bytes.Length == sizeof(ushort) ? 256u : 0u);

    private static ulong ReadNumber(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        bytes.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64LittleEndian(padded);
    }
}
