using System.Numerics;
using System.Runtime.InteropServices;

namespace Flama.Boosters.CatBoost.Numerics;

/// <summary>The answers of rows to the questions of a symmetric tree, as bits of one byte per row.</summary>
internal static class LeafNumbers
{
    /// <summary>Finds them.</summary>
    /// <param name="splits">At most eight questions, that of the highest bit first.</param>
    /// <param name="bins">The bins, bin by bin; every question asks one of them.</param>
    /// <param name="stride">From one bin to the next, a multiple of the bytes of a vector.</param>
    /// <param name="numbers">Takes <paramref name="stride"/> numbers.</param>
    public static void Find(ReadOnlySpan<int> splits, ReadOnlySpan<byte> bins, int stride, Span<byte> numbers)
    {
        ref var first = ref MemoryMarshal.GetReference(bins);
        ref var target = ref MemoryMarshal.GetReference(numbers);
        for (var at = 0; at < stride; at += Vector<byte>.Count)
        {
            var number = Vector<byte>.Zero;
            foreach (var split in splits)
            {
                var cells = Vector.LoadUnsafe(ref first, (nuint)((BinSplit.BinOf(split) * stride) + at));
                var isYes = Vector.Equals(Vector.Max(cells, new Vector<byte>(BinSplit.ThresholdOf(split))), cells);

                // Yes is all ones, which is -1.
                number = number + number - isYes;
            }

            number.StoreUnsafe(ref target, (nuint)at);
        }
    }
}
