using System.Buffers.Binary;
using System.Numerics;

namespace Flama.Compression.Checksums;

/// <summary>XXH32 with seed 0, as lz4 frames use it.</summary>
internal sealed class XxHash32
{
    private const uint Prime1 = 0x9E3779B1u;
    private const uint Prime2 = 0x85EBCA77u;
    private const uint Prime3 = 0xC2B2AE3Du;
    private const uint Prime4 = 0x27D4EB2Fu;
    private const uint Prime5 = 0x165667B1u;
    private const int Stripe = 16;

    private readonly byte[] rest = new byte[Stripe];
    private uint lane1 = unchecked(Prime1 + Prime2);
    private uint lane2 = Prime2;
    private uint lane3;
    private uint lane4 = unchecked(0u - Prime1);
    private long total;

    /// <summary>The hash of bytes at hand.</summary>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        var hash = new XxHash32();
        hash.Append(data);
        return hash.Value;
    }

    /// <summary>The hash of what was appended so far.</summary>
    public uint Value
    {
        get
        {
            var hash = total >= Stripe
                ? BitOperations.RotateLeft(lane1, 1) + BitOperations.RotateLeft(lane2, 7)
                    + BitOperations.RotateLeft(lane3, 12) + BitOperations.RotateLeft(lane4, 18)
                : Prime5;
            hash += (uint)total;
            ReadOnlySpan<byte> tail = rest.AsSpan(0, (int)(total % Stripe));
            for (; tail.Length >= 4; tail = tail[4..])
            {
                hash = BitOperations.RotateLeft(hash + (BinaryPrimitives.ReadUInt32LittleEndian(tail) * Prime3), 17) * Prime4;
            }

            foreach (var value in tail)
            {
                hash = BitOperations.RotateLeft(hash + (value * Prime5), 11) * Prime1;
            }

            hash = (hash ^ (hash >> 15)) * Prime2;
            hash = (hash ^ (hash >> 13)) * Prime3;
            return hash ^ (hash >> 16);
        }
    }

    public void Append(ReadOnlySpan<byte> data)
    {
        var held = (int)(total % Stripe);
        total += data.Length;
        if (held > 0)
        {
            var taken = Math.Min(Stripe - held, data.Length);
            data[..taken].CopyTo(rest.AsSpan(held));
            data = data[taken..];
            if (held + taken < Stripe)
            {
                return;
            }

            Mix(rest);
        }

        Mix(data);
        data[^(data.Length % Stripe)..].CopyTo(rest);
    }

    private static uint Round(uint lane, ReadOnlySpan<byte> data) =>
        BitOperations.RotateLeft(lane + (BinaryPrimitives.ReadUInt32LittleEndian(data) * Prime2), 13) * Prime1;

    private void Mix(ReadOnlySpan<byte> data)
    {
        var (a, b, c, d) = (lane1, lane2, lane3, lane4);
        for (; data.Length >= Stripe; data = data[Stripe..])
        {
            a = Round(a, data);
            b = Round(b, data[4..]);
            c = Round(c, data[8..]);
            d = Round(d, data[12..]);
        }

        (lane1, lane2, lane3, lane4) = (a, b, c, d);
    }
}
