using System.Numerics;
using System.Runtime.InteropServices;

namespace Flama.Boosters.CatBoost.Numerics;

/// <summary>How many borders a number is above: what trees ask for is then a comparison of bytes.</summary>
internal static class BinCounts
{
    /// <summary>The most borders, so that a count fits in a byte.</summary>
    public const int MaxBorders = byte.MaxValue;

    /// <summary>Counts for one number.</summary>
    /// <param name="value">The number; NaN is above none.</param>
    /// <param name="borders">At most <see cref="MaxBorders"/>.</param>
    public static byte Of(float value, ReadOnlySpan<float> borders)
    {
        var count = 0;
        var i = 0;
        if (borders.Length >= Vector<float>.Count)
        {
            ref var first = ref MemoryMarshal.GetReference(borders);
            var values = new Vector<float>(value);
            var counts = Vector<int>.Zero;
            for (; i <= borders.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                counts -= Vector.GreaterThan(values, Vector.LoadUnsafe(ref first, (nuint)i));
            }

            count = Vector.Sum(counts);
        }

        for (; i < borders.Length; i++)
        {
            count += value > borders[i] ? 1 : 0;
        }

        return (byte)count;
    }

    /// <summary>Counts for many numbers.</summary>
    /// <param name="values">The numbers, a multiple of the bytes of a vector; NaN is above none.</param>
    /// <param name="borders">At most <see cref="MaxBorders"/>.</param>
    /// <param name="counts">Takes a count for each number.</param>
    public static void Of(ReadOnlySpan<float> values, ReadOnlySpan<float> borders, Span<byte> counts)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        ref var target = ref MemoryMarshal.GetReference(counts[..values.Length]);
        var step = (nuint)Vector<float>.Count;
        for (nuint i = 0; i < (nuint)values.Length; i += (nuint)Vector<byte>.Count)
        {
            var a = Vector.LoadUnsafe(ref first, i);
            var b = Vector.LoadUnsafe(ref first, i + step);
            var c = Vector.LoadUnsafe(ref first, i + (2 * step));
            var d = Vector.LoadUnsafe(ref first, i + (3 * step));
            var (countA, countB, countC, countD) = (Vector<int>.Zero, Vector<int>.Zero, Vector<int>.Zero, Vector<int>.Zero);
            foreach (var border in borders)
            {
                var borderVector = new Vector<float>(border);
                countA -= Vector.GreaterThan(a, borderVector);
                countB -= Vector.GreaterThan(b, borderVector);
                countC -= Vector.GreaterThan(c, borderVector);
                countD -= Vector.GreaterThan(d, borderVector);
            }

            var bytes = Vector.Narrow(Vector.Narrow(countA, countB), Vector.Narrow(countC, countD));
            Vector.AsVectorByte(bytes).StoreUnsafe(ref target, i);
        }
    }
}
