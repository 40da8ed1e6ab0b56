using System.Numerics;
using System.Runtime.InteropServices;

namespace Flama.Boosters.CatBoost.Numerics;

/// <summary>Whether a number is above each of some borders.</summary>
internal static class BorderAnswers
{
    /// <summary>Answers for one number.</summary>
    /// <param name="value">The number; NaN is above none.</param>
    /// <param name="borders">The borders.</param>
    /// <param name="answers">Takes 1 or 0 for each border.</param>
    public static void Of(float value, ReadOnlySpan<float> borders, Span<byte> answers)
    {
        ref var first = ref MemoryMarshal.GetReference(borders);
        ref var target = ref MemoryMarshal.GetReference(answers[..borders.Length]);
        var step = (nuint)Vector<float>.Count;
        var values = new Vector<float>(value);
        nuint i = 0;
        for (; i + (nuint)Vector<byte>.Count <= (nuint)borders.Length; i += (nuint)Vector<byte>.Count)
        {
            var low = Vector.Narrow(
                Vector.GreaterThan(values, Vector.LoadUnsafe(ref first, i)), Vector.GreaterThan(values, Vector.LoadUnsafe(ref first, i + step)));
            var high = Vector.Narrow(
                Vector.GreaterThan(values, Vector.LoadUnsafe(ref first, i + (2 * step))), Vector.GreaterThan(values, Vector.LoadUnsafe(ref first, i + (3 * step))));

            // Yes is all ones.
            (Vector.AsVectorByte(Vector.Narrow(low, high)) & Vector<byte>.One).StoreUnsafe(ref target, i);
        }

        for (var rest = (int)i; rest < borders.Length; rest++)
        {
            answers[rest] = value > borders[rest] ? (byte)1 : (byte)0;
        }
    }
}
