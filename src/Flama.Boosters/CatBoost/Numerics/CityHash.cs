using System.Buffers.Binary;
using System.Numerics;

namespace Flama.Boosters.CatBoost.Numerics;

/// <summary>CityHash64 of version 1.0, which CatBoost numbers categories with; later versions of CityHash give other numbers.</summary>
/// <remarks>Source: the published algorithm of G. Pike and J. Alakuijala, checked against published values for texts of 0 to 80 bytes.</remarks>
internal static class CityHash
{
    private const ulong K0 = 0xc3a5c85c97cb3127;
    private const ulong K1 = 0xb492b66fbe98f273;
    private const ulong K2 = 0x9ae16a3b2f90404f;
    private const ulong K3 = 0xc949d7c7509e6557;
    private const ulong Mix = 0x9ddfea08eb382d69;
    private const int Chunk = 64;

    /// <summary>The hash of some bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> text) => text.Length switch
    {
        0 => K2,
        < 4 => OfUpTo3(text),
        <= 8 => Combine((ulong)text.Length + ((ulong)Word32(text, 0) << 3), Word32(text, text.Length - 4)),
        <= 16 => OfUpTo16(text),
        <= 32 => OfUpTo32(text),
        <= Chunk => OfUpTo64(text),
        _ => OfMore(text),
    };

    private static ulong OfUpTo3(ReadOnlySpan<byte> text)
    {
        var y = text[0] + ((uint)text[text.Length >> 1] << 8);
        var z = (uint)text.Length + ((uint)text[^1] << 2);
        return Shifted((y * K2) ^ (z * K3)) * K2;
    }

    private static ulong OfUpTo16(ReadOnlySpan<byte> text)
    {
        var last = Word(text, text.Length - 8);
        return Combine(Word(text, 0), BitOperations.RotateRight(last + (ulong)text.Length, text.Length)) ^ last;
    }

    private static ulong OfUpTo32(ReadOnlySpan<byte> text)
    {
        var a = Word(text, 0) * K1;
        var b = Word(text, 8);
        var c = Word(text, text.Length - 8) * K2;
        var d = Word(text, text.Length - 16) * K0;
        return Combine(
            BitOperations.RotateRight(a - b, 43) + BitOperations.RotateRight(c, 30) + d,
            a + BitOperations.RotateRight(b ^ K3, 20) - c + (ulong)text.Length);
    }

    private static ulong OfUpTo64(ReadOnlySpan<byte> text)
    {
        var end = text.Length;
        var (first, second) = OfHalf(
            Word(text, 0) + (((ulong)end + Word(text, end - 16)) * K0), Word(text, 8), Word(text, 16), Word(text, 24));
        var (third, fourth) = OfHalf(Word(text, 16) + Word(text, end - 32), Word(text, end - 24), Word(text, end - 16), Word(text, end - 8));
        var both = Shifted(((first + fourth) * K2) + ((third + second) * K0));
        return Shifted((both * K0) + second) * K2;
    }

    private static (ulong Sum, ulong Turned) OfHalf(ulong a, ulong next, ulong afterNext, ulong z)
    {
        var b = BitOperations.RotateRight(a + z, 52);
        var c = BitOperations.RotateRight(a, 37);
        a += next;
        c += BitOperations.RotateRight(a, 7);
        a += afterNext;
        return (a + z, b + BitOperations.RotateRight(a, 31) + c);
    }

    // The end first, then chunk after chunk.
    private static ulong OfMore(ReadOnlySpan<byte> text)
    {
        var length = (ulong)text.Length;
        var x = Word(text, 0);
        var y = Word(text, text.Length - 16) ^ K1;
        var z = Word(text, text.Length - 56) ^ K0;
        var v = Weak(text[^64..], length, y);
        var w = Weak(text[^32..], length * K1, K0);
        z += Shifted(v.Second) * K1;
        x = BitOperations.RotateRight(z + x, 39) * K1;
        y = BitOperations.RotateRight(y, 33) * K1;
        for (var at = 0; at < text.Length - 1 - ((text.Length - 1) % Chunk); at += Chunk)
        {
            var chunk = text[at..];
            x = BitOperations.RotateRight(x + y + v.First + Word(chunk, 16), 37) * K1;
            y = BitOperations.RotateRight(y + v.Second + Word(chunk, 48), 42) * K1;
            x ^= w.Second;
            y ^= v.First;
            z = BitOperations.RotateRight(z ^ w.First, 33);
            v = Weak(chunk, v.Second * K1, x + w.First);
            w = Weak(chunk[32..], z + w.Second, y);
            (x, z) = (z, x);
        }

        return Combine(Combine(v.First, w.First) + (Shifted(y) * K1) + z, Combine(v.Second, w.Second) + x);
    }

    private static (ulong First, ulong Second) Weak(ReadOnlySpan<byte> text, ulong a, ulong b)
    {
        var last = Word(text, 24);
        a += Word(text, 0);
        b = BitOperations.RotateRight(b + a + last, 21);
        var c = a;
        a += Word(text, 8);
        a += Word(text, 16);
        b += BitOperations.RotateRight(a, 44);
        return (a + last, b + c);
    }

    private static ulong Combine(ulong low, ulong high)
    {
        var a = (low ^ high) * Mix;
        a ^= a >> 47;
        var b = (high ^ a) * Mix;
        b ^= b >> 47;
        return b * Mix;
    }

    private static ulong Shifted(ulong value) => value ^ (value >> 47);

    private static ulong Word(ReadOnlySpan<byte> text, int at) => BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);

    private static uint Word32(ReadOnlySpan<byte> text, int at) => BinaryPrimitives.ReadUInt32LittleEndian(text[at..]);
}
