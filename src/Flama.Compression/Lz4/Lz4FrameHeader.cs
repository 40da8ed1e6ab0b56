using System.Buffers.Binary;
using System.IO.Hashing;
using Flama.Compression.Streaming;

namespace Flama.Compression.Lz4;

/// <summary>The header of a frame.</summary>
/// <param name="BlockSize">No block decompresses to more bytes.</param>
/// <param name="ContentSize">How many bytes come out; null when unknown.</param>
/// <param name="HasLinkedBlocks">Whether matches may reach into the blocks before.</param>
/// <param name="HasBlockChecksums">Whether each block ends with a checksum.</param>
/// <param name="HasContentChecksum">Whether a checksum of the content ends the frame.</param>
internal sealed record Lz4FrameHeader(int BlockSize, ulong? ContentSize, bool HasLinkedBlocks, bool HasBlockChecksums, bool HasContentChecksum)
{
    public const uint Magic = 0x184D2204;
    public const uint LegacyMagic = 0x184C2102;

    /// <summary>Reads a header.</summary>
    /// <param name="input">Stands behind the magic.</param>
    /// <param name="magic">The magic that was read.</param>
    public static Lz4FrameHeader Read(CompressedInput input, uint magic)
    {
        if (magic != Magic)
        {
            throw magic == LegacyMagic
                ? input.Unsupported("the frame is of the legacy format (lz4 -l)")
                : input.Corrupt($"0x{magic:X8} starts no frame");
        }

        Span<byte> descriptor = stackalloc byte[10];
        input.ReadExactly(descriptor[..2]);
        var (flags, blockDescriptor) = (descriptor[0], descriptor[1]);
        if (flags >> 6 != 1)
        {
            throw input.Unsupported($"the frame is of version {flags >> 6} of the format, only version 1 is supported");
        }

        var hasContentSize = (flags & 0x08) != 0;
        descriptor = descriptor[..(hasContentSize ? 10 : 2)];
        input.ReadExactly(descriptor[2..]);
        var hasDictionary = (flags & 0x01) != 0;
        if (hasDictionary)
        {
            throw input.Unsupported($"it was compressed with the dictionary {input.ReadUInt32()}, and dictionaries are not supported");
        }

        if (input.ReadByte() != (byte)(XxHash32.HashToUInt32(descriptor) >> 8))
        {
            throw input.Corrupt("the checksum of the frame header does not match");
        }

        var blockSizeId = (blockDescriptor >> 4) & 7;
        if ((flags & 0x02) != 0 || (blockDescriptor & 0x8F) != 0 || blockSizeId < 4)
        {
            throw input.Corrupt($"the frame flags 0x{flags:X2}{blockDescriptor:X2} are not valid");
        }

        return new Lz4FrameHeader(
            1 << (8 + (2 * blockSizeId)),
            hasContentSize ? BinaryPrimitives.ReadUInt64LittleEndian(descriptor[2..]) : null,
            (flags & 0x20) == 0,
            (flags & 0x10) != 0,
            (flags & 0x04) != 0);
    }
}
