namespace Flama.Packaging.Tar;

/// <summary>The 512-byte header block of a tar archive (POSIX.1-1988 ustar, GNU and the older forms).</summary>
internal static class TarFormat
{
    public const int BlockSize = 512;

    /// <summary>What Python pads archives to.</summary>
    public const int RecordSize = 20 * BlockSize;

    public const int NameLength = 100;
    public const int ModeOffset = 100;
    public const int UserOffset = 108;
    public const int GroupOffset = 116;
    public const int SizeOffset = 124;
    public const int TimeOffset = 136;
    public const int ChecksumOffset = 148;
    public const int ChecksumLength = 8;
    public const int TypeOffset = 156;
    public const int MagicOffset = 257;
    public const int DeviceOffset = 329;
    public const int PrefixOffset = 345;
    public const int PrefixLength = 155;
    public const int NumberLength = 12;

    /// <summary>How many bytes fill the block after some content.</summary>
    public static int Padding(long size) => (int)(-size & (BlockSize - 1));

    /// <summary>Whether a block is a header: its checksum is right.</summary>
    /// <remarks>The sum counts the checksum field as spaces; some old writers summed signed bytes.</remarks>
    public static bool IsHeader(ReadOnlySpan<byte> block)
    {
        if (block.Length < BlockSize || block[0] == 0)
        {
            return false;
        }

        var expected = ReadNumber(block.Slice(ChecksumOffset, ChecksumLength));
        return expected > 0 && (expected == Checksum(block, signed: false) || expected == Checksum(block, signed: true));
    }

    /// <summary>The sum over a header, its checksum field taken as spaces.</summary>
    public static int Checksum(ReadOnlySpan<byte> block, bool signed)
    {
        var sum = ChecksumLength * ' ';
        for (var i = 0; i < BlockSize; i++)
        {
            if (i is < ChecksumOffset or >= ChecksumOffset + ChecksumLength)
            {
                sum += signed ? (sbyte)block[i] : block[i];
            }
        }

        return sum;
    }

    /// <summary>Reads a number: octal text, or big-endian binary after a byte with its top bit set (GNU).</summary>
    /// <returns>The number; -1 when it is negative, too large or no number.</returns>
    public static long ReadNumber(ReadOnlySpan<byte> field)
    {
        if (field[0] >= 0x80)
        {
            return ReadBinary(field);
        }

        var digits = Text(field).Trim((byte)' ');
        var value = 0L;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7' || value > long.MaxValue >> 3)
            {
                return -1;
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }

    /// <summary>A text field up to its first NUL.</summary>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    private static long ReadBinary(ReadOnlySpan<byte> field)
    {
        if (field[0] != 0x80)
        {
            return -1;
        }

        var value = 0L;
        foreach (var digit in field[1..])
        {
            if (value > long.MaxValue >> 8)
            {
                return -1;
            }

            value = (value << 8) | digit;
        }

        return value;
    }
}
