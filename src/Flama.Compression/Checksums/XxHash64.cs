using System.Buffers.Binary;
using System.Numerics;

namespace Flama.Compression.Checksums;

/// <summary>XXH64 with seed 0, as zstd frames use it.</summary>
internal sealed class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87ul;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4Ful;
    private const ulong Prime3 = 0x165667B19E3779F9ul;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63ul;
    private const ulong Prime5 = 0x27D4EB2F165667C5ul;
    private const int Stripe = 32;

    private readonly byte[] rest = new byte[Stripe];
    private ulong lane1 = unchecked(Prime1 + Prime2);
    private ulong lane2 = Prime2;
    private ulong lane3;
    private ulong lane4 = unchecked(0ul - Prime1);
    private long total;

    /// <summary>The hash of what was appended so far.</summary>
    public ulong Value
    {
        get
        {
            var hash = (total >= Stripe ? Joined() : Prime5) + (ulong)total;
            ReadOnlySpan<byte> tail = rest.AsSpan(0, (int)(total % Stripe));
            for (; tail.Length >= 8; tail = tail[8..])
            {
                hash ^= Round(0, tail);
                hash = (BitOperations.RotateLeft(hash, 27) * Prime1) + Prime4;
            }

            if (tail.Length >= 4)
            {
                hash ^= BinaryPrimitives.ReadUInt32LittleEndian(tail) * Prime1;
                hash = (BitOperations.RotateLeft(hash, 23) * Prime2) + Prime3;
                tail = tail[4..];
            }

            foreach (var value in tail)
            {
                hash = BitOperations.RotateLeft(hash ^ (value * Prime5), 11) * Prime1;
            }

            hash = (hash ^ (hash >> 33)) * Prime2;
            hash = (hash ^ (hash >> 29)) * Prime3;
            return hash ^ (hash >> 32);
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

    private static ulong Round(ulong lane, ReadOnlySpan<byte> data) =>
        BitOperations.RotateLeft(lane + (BinaryPrimitives.ReadUInt64LittleEndian(data) * Prime2), 31) * Prime1;

    private static ulong Merge(ulong hash, ulong lane) =>
        ((hash ^ (BitOperations.RotateLeft(lane * Prime2, 31) * Prime1)) * Prime1) + Prime4;

    private ulong Joined()
    {
        var hash = BitOperations.RotateLeft(lane1, 1) + BitOperations.RotateLeft(lane2, 7)
            + BitOperations.RotateLeft(lane3, 12) + BitOperations.RotateLeft(lane4, 18);
        return Merge(Merge(Merge(Merge(hash, lane1), lane2), lane3), lane4);
    }

    private void Mix(ReadOnlySpan<byte> data)
    {
        var (a, b, c, d) = (lane1, lane2, lane3, lane4);
        for (; data.Length >= Stripe; data = data[Stripe..])
        {
            a = Round(a, data);
            b = Round(b, data[8..]);
            c = Round(c, data[16..]);
            d = Round(d, data[24..]);
        }

        (lane1, lane2, lane3, lane4) = (a, b, c, d);
    }
}
