using System.Buffers.Binary;

namespace Flama.ConformanceTests.Mutations;

/// <summary>Changes of bytes, whatever they mean.</summary>
internal static class Bytes
{
    private const int MaxPart = 64;

    private static readonly ulong[] Extremes = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x1_0000_0000, long.MaxValue, ulong.MaxValue, 1UL << 40];

    /// <summary>Changes some bytes.</summary>
    /// <param name="content">What is copied.</param>
    /// <param name="other">What parts are taken from.</param>
    /// <param name="random">What decides.</param>
    public static byte[] Change(byte[] content, byte[] other, Random random)
    {
        if (content.Length < 2)
        {
            return [(byte)random.Next(256)];
        }

        byte[] changed = [.. content];
        var at = random.Next(changed.Length);
        var length = random.Next(1, Math.Min(MaxPart, changed.Length - at) + 1);
        switch (random.Next(9))
        {
            case 0:
                changed[at] ^= (byte)(1 << random.Next(8));
                return changed;
            case 1:
                changed[at] = (byte)random.Next(256);
                return changed;
            case 2:
                return changed[..at];
            case 3:
                return [.. changed[..at], .. changed[(at + length)..]];
            case 4:
                return [.. changed[..at], .. changed[at..(at + length)], .. changed[at..]];
            case 5:
                var from = random.Next(Math.Max(1, other.Length));
                return [.. changed[..at], .. other[from..Math.Min(other.Length, from + length)], .. changed[at..]];
            case 6:
                WriteExtreme(changed, at, random);
                return changed;
            case 7:
                SwapFields(changed, at, random);
                return changed;
            default:
                for (var i = random.Next(2, 12); i > 0; i--)
                {
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                }

                return changed;
        }
    }

    private static void WriteExtreme(byte[] changed, int at, Random random)
    {
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        var extreme = Extremes[random.Next(Extremes.Length)];
        if (random.Next(4) == 0)
        {
            BinaryPrimitives.WriteUInt64BigEndian(value, extreme);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(value, extreme);
        }

        value[..Math.Min(1 << random.Next(4), changed.Length - at)].CopyTo(changed.AsSpan(at));
    }

    // Two numbers of four bytes change places, as lengths and offsets are.
    private static void SwapFields(byte[] changed, int at, Random random)
    {
        var second = Math.Clamp(at + random.Next(-MaxPart, MaxPart), 0, changed.Length - 1);
        for (var i = 0; i < sizeof(int) && at + i < changed.Length && second + i < changed.Length; i++)
        {
            (changed[at + i], changed[second + i]) = (changed[second + i], changed[at + i]);
        }
    }
}
