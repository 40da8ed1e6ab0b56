using System.Buffers.Binary;

namespace Flama.Compression.Xz;

/// <summary>CRC-64 of xz (ECMA-182, reflected), eight bytes a step.</summary>
internal static class Crc64
{
    private static readonly ulong[] Table = BuildTable();

    /// <summary>Carries a checksum on over more bytes; start with 0.</summary>
    public static ulong Append(ulong crc, ReadOnlySpan<byte> data)
    {
        var table = Table;
        crc = ~crc;
        while (data.Length >= 8)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(data) ^ crc;
            crc = table[0x700 + (int)(word & 0xFF)] ^ table[0x600 + (int)((word >> 8) & 0xFF)]
                ^ table[0x500 + (int)((word >> 16) & 0xFF)] ^ table[0x400 + (int)((word >> 24) & 0xFF)]
                ^ table[0x300 + (int)((word >> 32) & 0xFF)] ^ table[0x200 + (int)((word >> 40) & 0xFF)]
                ^ table[0x100 + (int)((word >> 48) & 0xFF)] ^ table[(int)(word >> 56)];
            data = data[8..];
        }

        foreach (var value in data)
        {
            crc = table[(int)((crc ^ value) & 0xFF)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static ulong[] BuildTable()
    {
        var table = new ulong[8 * 256];
        for (var i = 0; i < table.Length; i++)
        {
            var crc = i < 256 ? (ulong)i : table[i - 256];
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xC96C5795D7870F42ul : crc >> 1;
            }

            table[i] = crc;
        }

        return table;
    }
}
