using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Flama.Sklearn.Numerics;

/// <summary>Squared distances and products of a vector with many rows at once.</summary>
/// <remarks>
/// Rows lie in groups of 32, column by column, so that every lane of a vector works for a row of its own and no sum runs across lanes; each sum runs over the columns in
/// their order. Squares may be fused into their sum, which overflows where theirs does; products are rounded before they are added. Immutable and thread-safe.
/// </remarks>
internal sealed class RowPanels
{
    private const int Group = 32;

    private readonly Matrix rows;
    private readonly double[] panels = [];
    private readonly int columns;

    /// <summary>Lays the rows out.</summary>
    public RowPanels(Matrix rows)
    {
        this.rows = rows;
        Count = rows.Rows;
        columns = rows.Columns;
        if (Count < Group)
        {
            // A group that is mostly empty would take many times the memory of the rows.
            return;
        }

        panels = new double[checked((Count + Group - 1) / Group * Group * columns)];
        var values = rows.Values.AsSpan();
        for (var first = 0; first < Count; first += Group)
        {
            var panel = panels.AsSpan(first * columns, Group * columns);
            var count = Math.Min(Group, Count - first);
            for (var lane = 0; lane < count; lane++)
            {
                var at = lane;
                foreach (var value in values.Slice((first + lane) * columns, columns))
                {
                    panel[at] = value;
                    at += Group;
                }
            }
        }
    }

    /// <summary>How many rows there are.</summary>
    public int Count { get; }

    /// <summary>Writes |x − row|², times a factor, for each row.</summary>
    public void SquaredDistances(ReadOnlySpan<double> x, Span<double> output, double factor = 1)
    {
        if (Count >= Group)
        {
            Run<Distance>(x, output, factor);
            return;
        }

        for (var row = 0; row < Count; row++)
        {
            output[row] = SquaredDistance.Of(x, rows.Row(row)) * factor;
        }
    }

    /// <summary>Writes x·row for each row.</summary>
    public void Products(ReadOnlySpan<double> x, Span<double> output)
    {
        if (Count >= Group)
        {
            Run<Product>(x, output, 1);
            return;
        }

        for (var row = 0; row < Count; row++)
        {
            output[row] = DotProduct.Of(x, rows.Row(row));
        }
    }

    private void Run<TTerm>(ReadOnlySpan<double> x, Span<double> output, double factor)
        where TTerm : struct, ITerm
    {
        if (x.Length != columns || output.Length != Count)
        {
            throw new ArgumentException("The vector or the output has another length than the rows.", nameof(x));
        }

        Span<double> last = stackalloc double[Group];
        for (var start = 0; start < Count; start += Group)
        {
            var whole = Count - start >= Group;
            var to = whole ? output.Slice(start, Group) : last;
            ref var panel = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(panels), start * columns);
            if (Vector512.IsHardwareAccelerated)
            {
                Run512<TTerm>(columns, ref panel, ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(to), factor);
            }
            else
            {
                Run256<TTerm>(columns, ref panel, ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(to), factor);
            }

            if (!whole)
            {
                last[..(Count - start)].CopyTo(output[start..]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run512<TTerm>(int columns, ref double panel, ref double x, ref double to, double factor)
        where TTerm : struct, ITerm
    {
        Vector512<double> a = default, b = default, c = default, d = default;
        for (var column = 0; column < columns; column++)
        {
            var value = Vector512.Create(Unsafe.Add(ref x, column));
            a = TTerm.Add(a, value, Vector512.LoadUnsafe(ref panel));
            b = TTerm.Add(b, value, Vector512.LoadUnsafe(ref panel, 8));
            c = TTerm.Add(c, value, Vector512.LoadUnsafe(ref panel, 16));
            d = TTerm.Add(d, value, Vector512.LoadUnsafe(ref panel, 24));
            panel = ref Unsafe.Add(ref panel, Group);
        }

        (a * factor).StoreUnsafe(ref to);
        (b * factor).StoreUnsafe(ref to, 8);
        (c * factor).StoreUnsafe(ref to, 16);
        (d * factor).StoreUnsafe(ref to, 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run256<TTerm>(int columns, ref double panel, ref double x, ref double to, double factor)
        where TTerm : struct, ITerm
    {
        for (var lane = 0; lane < Group; lane += 4 * Vector256<double>.Count)
        {
            Vector256<double> a = default, b = default, c = default, d = default;
            ref var at = ref Unsafe.Add(ref panel, lane);
            for (var column = 0; column < columns; column++)
            {
                var value = Vector256.Create(Unsafe.Add(ref x, column));
                a = TTerm.Add(a, value, Vector256.LoadUnsafe(ref at));
                b = TTerm.Add(b, value, Vector256.LoadUnsafe(ref at, 4));
                c = TTerm.Add(c, value, Vector256.LoadUnsafe(ref at, 8));
                d = TTerm.Add(d, value, Vector256.LoadUnsafe(ref at, 12));
                at = ref Unsafe.Add(ref at, Group);
            }

            (a * factor).StoreUnsafe(ref to, (nuint)lane);
            (b * factor).StoreUnsafe(ref to, (nuint)lane + 4);
            (c * factor).StoreUnsafe(ref to, (nuint)lane + 8);
            (d * factor).StoreUnsafe(ref to, (nuint)lane + 12);
        }
    }

    private interface ITerm
    {
        static abstract Vector256<double> Add(Vector256<double> sum, Vector256<double> x, Vector256<double> y);

        static abstract Vector512<double> Add(Vector512<double> sum, Vector512<double> x, Vector512<double> y);
    }

    private readonly struct Distance : ITerm
    {
        public static Vector256<double> Add(Vector256<double> sum, Vector256<double> x, Vector256<double> y) =>
            Vector256.MultiplyAddEstimate(x - y, x - y, sum);

        public static Vector512<double> Add(Vector512<double> sum, Vector512<double> x, Vector512<double> y) =>
            Vector512.MultiplyAddEstimate(x - y, x - y, sum);
    }

    private readonly struct Product : ITerm
    {
        public static Vector256<double> Add(Vector256<double> sum, Vector256<double> x, Vector256<double> y) => sum + (x * y);

        public static Vector512<double> Add(Vector512<double> sum, Vector512<double> x, Vector512<double> y) => sum + (x * y);
    }
}
