using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Flama.Keras.Text;

/// <summary>The fingerprint of 64 bits of FarmHash (Google), which TensorFlow puts words into bins by.</summary>
internal static class FarmHash
{
    private const ulong K0 = 0xc3a5c85c97cb3127;
    private const ulong K1 = 0xb492b66fbe98f273;
    private const ulong K2 = 0x9ae16a3b2f90404f;

    /// <summary>The fingerprint of a text in UTF-8.</summary>
    public static ulong Fingerprint(string text) => Fingerprint(Encoding.UTF8.GetBytes(text));

    /// <summary>The fingerprint of bytes.</summary>
    public static ulong Fingerprint(ReadOnlySpan<byte> s) => s.Length switch
    {
        <= 16 => UpTo16(s),
        <= 32 => UpTo32(s),
        <= 64 => UpTo64(s),
        _ => Long(s),
    };

    private static ulong Fetch(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt64LittleEndian(s[at..]);

    private static ulong Turn(ulong value, int bits) => BitOperations.RotateRight(value, bits);

    private static ulong Mix(ulong value) => value ^ (value >> 47);

    private static ulong Join(ulong u, ulong v, ulong multiplier)
    {
        var a = Mix((u ^ v) * multiplier);
        return Mix((v ^ a) * multiplier) * multiplier;
    }

    private static ulong UpTo16(ReadOnlySpan<byte> s)
    {
        var length = (ulong)s.Length;
        var multiplier = K2 + (length * 2);
        if (s.Length >= 8)
        {
            var a = Fetch(s, 0) + K2;
            var b = Fetch(s, s.Length - 8);
            return Join((Turn(b, 37) * multiplier) + a, (Turn(a, 25) + b) * multiplier, multiplier);
        }

        if (s.Length >= 4)
        {
            return Join(length + ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(s) << 3), BinaryPrimitives.ReadUInt32LittleEndian(s[^4..]), multiplier);
        }

        if (s.Length == 0)
        {
            return K2;
        }

        var y = s[0] + ((uint)s[s.Length >> 1] << 8);
        var z = (uint)s.Length + ((uint)s[^1] << 2);
        return Mix((y * K2) ^ (z * K0)) * K2;
    }

    private static ulong UpTo32(ReadOnlySpan<byte> s)
    {
        var multiplier = K2 + ((ulong)s.Length * 2);
        var a = Fetch(s, 0) * K1;
        var b = Fetch(s, 8);
        var c = Fetch(s, s.Length - 8) * multiplier;
        var d = Fetch(s, s.Length - 16) * K2;
        return Join(Turn(a + b, 43) + Turn(c, 30) + d, a + Turn(b + K2, 18) + c, multiplier);
    }

    private static ulong UpTo64(ReadOnlySpan<byte> s)
    {
        var multiplier = K2 + ((ulong)s.Length * 2);
        var a = Fetch(s, 0) * K2;
        var b = Fetch(s, 8);
        var c = Fetch(s, s.Length - 8) * multiplier;
        var d = Fetch(s, s.Length - 16) * K2;
        var y = Turn(a + b, 43) + Turn(c, 30) + d;
        var z = Join(y, a + Turn(b + K2, 18) + c, multiplier);
        var e = Fetch(s, 16) * multiplier;
        var f = Fetch(s, 24);
        var g = (y + Fetch(s, s.Length - 32)) * multiplier;
        var h = (z + Fetch(s, s.Length - 24)) * multiplier;
        return Join(Turn(e + f, 43) + Turn(g, 30) + h, e + Turn(f + a, 18) + g, multiplier);
    }

    private static (ulong, ulong) Weak(ReadOnlySpan<byte> s, int at, ulong a, ulong b)
    {
        a += Fetch(s, at);
        b = Turn(b + a + Fetch(s, at + 24), 21);
        var c = a;
        a += Fetch(s, at + 8) + Fetch(s, at + 16);
        b += Turn(a, 44);
        return (a + Fetch(s, at + 24), b + c);
    }

    private static ulong Long(ReadOnlySpan<byte> s)
    {
        const ulong Seed = 81;
        var x = unchecked(Seed * K2) + Fetch(s, 0);
        var y = unchecked((Seed * K1) + 113);
        var z = Mix((y * K2) + 113) * K2;
        (ulong First, ulong Second) v = (0, 0), w = (0, 0);
        var end = (s.Length - 1) / 64 * 64;
        for (var at = 0; at < end; at += 64)
        {
            Block(s, at, K1, 1);
        }

        var multiplier = K1 + ((z & 0xff) << 1);
        w.First += (ulong)((s.Length - 1) & 63);
        v.First += w.First;
        w.First += v.First;
        Block(s, s.Length - 64, multiplier, 9);
        return Join(Join(v.First, w.First, multiplier) + (Mix(y) * K0) + z, Join(v.Second, w.Second, multiplier) + x, multiplier);

        void Block(ReadOnlySpan<byte> bytes, int at, ulong times, ulong nine)
        {
            x = Turn(x + y + v.First + Fetch(bytes, at + 8), 37) * times;
            y = Turn(y + v.Second + Fetch(bytes, at + 48), 42) * times;
            x ^= w.Second * nine;
            y += (v.First * nine) + Fetch(bytes, at + 40);
            z = Turn(z + w.First, 33) * times;
            v = Weak(bytes, at, v.Second * times, x + w.First);
            w = Weak(bytes, at + 32, z + w.Second, y + Fetch(bytes, at + 16));
            (z, x) = (x, z);
        }
    }
}
