using System.Buffers.Binary;

namespace Flama.Packaging.Tests;

/// <summary>Damages bytes in ways that are the same on every run.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly ulong[] Extremes = [0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, long.MaxValue, 1UL << 63, ulong.MaxValue];

    private readonly Random random = new(seed);

    public byte[] Mutate(byte[] original)
    {
        var bytes = original.ToArray();
        for (var i = random.Next(1, 4); i > 0 && bytes.Length > 0; i--)
        {
            bytes = Once(bytes);
        }

        return bytes;
    }

    private byte[] Once(byte[] bytes)
    {
        var at = Position(bytes.Length);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                return bytes[..at];
            case 3:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 40))..]];
            case 4:
                var inserted = new byte[random.Next(1, 40)];
                random.NextBytes(inserted);
                return [.. bytes[..at], .. inserted, .. bytes[at..]];
            case 5:
                var number = new byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64BigEndian(number, Extremes[random.Next(Extremes.Length)]);
                number.AsSpan(0, Math.Min(number.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                return bytes;
            default:
                var from = Position(bytes.Length);
                var length = Math.Min(random.Next(1, 40), bytes.Length - Math.Max(at, from));
                bytes.AsSpan(from, length).CopyTo(bytes.AsSpan(at));
                return bytes;
        }
    }

    // Half of the damage goes into the headers, where it hurts.
    private int Position(int length) => random.Next(2) == 0 ? random.Next(Math.Min(length, 80)) : random.Next(length);
}
