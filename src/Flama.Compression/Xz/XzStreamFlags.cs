using System.Buffers.Binary;
using System.IO.Hashing;
using Flama.Compression.Streaming;

namespace Flama.Compression.Xz;

/// <summary>The two bytes that stand in the header and in the footer of a stream: they name the check of its blocks.</summary>
internal static class XzStreamFlags
{
    private const int FlagsSize = 2;
    private const int FooterSize = 12;

    public static ReadOnlySpan<byte> Magic => [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    private static ReadOnlySpan<byte> FooterMagic => "YZ"u8;

    /// <summary>Reads the header of a stream.</summary>
    /// <returns>The id of the check.</returns>
    public static int ReadHeader(CompressedInput input)
    {
        Span<byte> header = stackalloc byte[Magic.Length + FlagsSize + 4];
        input.ReadExactly(header);
        if (!header.StartsWith(Magic))
        {
            throw input.Corrupt("the stream does not start as xz does");
        }

        var flags = header.Slice(Magic.Length, FlagsSize);
        if (Crc32.HashToUInt32(flags) != BinaryPrimitives.ReadUInt32LittleEndian(header[^4..]))
        {
            throw input.Corrupt("the checksum of the stream header does not match");
        }

        return flags[0] == 0 && flags[1] < 16
            ? flags[1]
            : throw input.Unsupported($"the stream flags 0x{flags[0]:X2}{flags[1]:X2} are of a later version of the format");
    }

    /// <summary>Reads the footer of a stream and compares it with what is known of the stream.</summary>
    public static void ReadFooter(CompressedInput input, int check, long indexSize)
    {
        Span<byte> footer = stackalloc byte[FooterSize];
        input.ReadExactly(footer);
        if (!footer.EndsWith(FooterMagic))
        {
            throw input.Corrupt("the stream does not end as xz does");
        }

        if (Crc32.HashToUInt32(footer.Slice(4, 4 + FlagsSize)) != BinaryPrimitives.ReadUInt32LittleEndian(footer))
        {
            throw input.Corrupt("the checksum of the stream footer does not match");
        }

        if ((BinaryPrimitives.ReadUInt32LittleEndian(footer[4..]) + 1L) * 4 != indexSize)
        {
            throw input.Corrupt("the stream footer tells another size of the index");
        }

        if (footer[8] != 0 || footer[9] != check)
        {
            throw input.Corrupt("the stream footer tells another check than the header");
        }
    }
}
