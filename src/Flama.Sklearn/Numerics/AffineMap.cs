using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Flama.Sklearn.Numerics;

/// <summary>
/// The map x → x·W + b for many rows: the inner loop of linear models and neural networks.
/// </summary>
/// <remarks>
/// Weights are packed once into panels of eight columns, each panel holding its <c>inputs × 8</c> numbers in the order they are used,
/// so that four rows times eight columns stay in registers. Each sum runs over the inputs in their order (in the last panel, when it has up to four columns, over those
/// at even and those at odd places), for one row as for many, products rounded before they are added: a fused multiply-add would be faster and would keep products finite
/// that overflow in Python. Immutable and thread-safe.
/// </remarks>
internal sealed partial class AffineMap
{
    private const int PanelWidth = 8;
    private const int RowBlock = 4;

    private readonly double[] panels;
    private readonly double[] bias;

    /// <summary>Packs the weights.</summary>
    /// <param name="weights"><c>inputs × outputs</c>.</param>
    /// <param name="bias">One number per output.</param>
    public AffineMap(Matrix weights, ReadOnlySpan<double> bias)
    {
        Inputs = weights.Rows;
        Outputs = weights.Columns;
        var panelCount = (Outputs + PanelWidth - 1) / PanelWidth;
        this.bias = new double[panelCount * PanelWidth];
        bias.CopyTo(this.bias);
        panels = new double[panelCount * PanelWidth * Inputs];
        for (var column = 0; column < Outputs; column++)
        {
            var start = (column / PanelWidth * PanelWidth * Inputs) + (column % PanelWidth);
            for (var input = 0; input < Inputs; input++)
            {
                panels[start + (input * PanelWidth)] = weights[input, column];
            }
        }
    }

    /// <summary>Columns of x.</summary>
    public int Inputs { get; }

    /// <summary>Columns of the result.</summary>
    public int Outputs { get; }

    /// <summary>Computes the map of all rows.</summary>
    /// <param name="x">Row-major, as many rows as the output has, <see cref="Inputs"/> columns.</param>
    /// <param name="output"><see cref="Outputs"/> columns.</param>
    public void Apply(ReadOnlySpan<double> x, OutputSlice output)
    {
        var rows = output.Rows;
        if (x.Length < rows * Inputs || output.Columns != Outputs)
        {
            throw new ArgumentException("The rows or the output have another width than the map.", nameof(x));
        }

        // A panel stays in the first-level cache for all rows.
        var together = rows / RowBlock * RowBlock;
        for (var panel = 0; panel < Outputs && together > 0; panel += PanelWidth)
        {
            for (var row = 0; row < together; row += RowBlock)
            {
                FourRows(x[(row * Inputs)..], panel, output, row);
            }
        }

        for (var row = together; row < rows; row++)
        {
            OneRow(x.Slice(row * Inputs, Inputs), output.Row(row));
        }
    }

    // Four rows through one panel: eight sums at once, four when half of the panel is empty. Compiled at once: it cannot be compiled ahead, and runs of many rows
    // would spend their first tenths of a second in code without vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourRows(ReadOnlySpan<double> x, int panel, OutputSlice output, int row)
    {
        ref var w = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(panels), panel * Inputs);
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var x1 = ref Unsafe.Add(ref x0, Inputs);
        ref var x2 = ref Unsafe.Add(ref x1, Inputs);
        ref var x3 = ref Unsafe.Add(ref x2, Inputs);
        Vector256<double> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector256<double> b0 = default, b1 = default, b2 = default, b3 = default;
        var wide = Outputs - panel > Vector256<double>.Count;
        if (wide)
        {
            for (var i = 0; i < Inputs; i++)
            {
                var left = Vector256.LoadUnsafe(ref w);
                var right = Vector256.LoadUnsafe(ref w, (nuint)Vector256<double>.Count);
                w = ref Unsafe.Add(ref w, PanelWidth);
                var value = Vector256.Create(Unsafe.Add(ref x0, i));
                a0 += value * left;
                b0 += value * right;
                value = Vector256.Create(Unsafe.Add(ref x1, i));
                a1 += value * left;
                b1 += value * right;
                value = Vector256.Create(Unsafe.Add(ref x2, i));
                a2 += value * left;
                b2 += value * right;
                value = Vector256.Create(Unsafe.Add(ref x3, i));
                a3 += value * left;
                b3 += value * right;
            }
        }
        else
        {
            var i = 0;
            for (; i < Inputs - 1; i += 2)
            {
                var even = Vector256.LoadUnsafe(ref w);
                var odd = Vector256.LoadUnsafe(ref w, PanelWidth);
                w = ref Unsafe.Add(ref w, 2 * PanelWidth);
                a0 += Vector256.Create(Unsafe.Add(ref x0, i)) * even;
                b0 += Vector256.Create(Unsafe.Add(ref x0, i + 1)) * odd;
                a1 += Vector256.Create(Unsafe.Add(ref x1, i)) * even;
                b1 += Vector256.Create(Unsafe.Add(ref x1, i + 1)) * odd;
                a2 += Vector256.Create(Unsafe.Add(ref x2, i)) * even;
                b2 += Vector256.Create(Unsafe.Add(ref x2, i + 1)) * odd;
                a3 += Vector256.Create(Unsafe.Add(ref x3, i)) * even;
                b3 += Vector256.Create(Unsafe.Add(ref x3, i + 1)) * odd;
            }

            if (i < Inputs)
            {
                var even = Vector256.LoadUnsafe(ref w);
                a0 += Vector256.Create(Unsafe.Add(ref x0, i)) * even;
                a1 += Vector256.Create(Unsafe.Add(ref x1, i)) * even;
                a2 += Vector256.Create(Unsafe.Add(ref x2, i)) * even;
                a3 += Vector256.Create(Unsafe.Add(ref x3, i)) * even;
            }

            (a0, a1, a2, a3) = (a0 + b0, a1 + b1, a2 + b2, a3 + b3);
        }

        Store(a0, b0, panel, output.Row(row));
        Store(a1, b1, panel, output.Row(row + 1));
        Store(a2, b2, panel, output.Row(row + 2));
        Store(a3, b3, panel, output.Row(row + 3));
    }

    // One row through four panels at a time: as many sums, so that each addition need not wait for the one before.
    private void OneRow(ReadOnlySpan<double> x, Span<double> output)
    {
        var panel = 0;
        for (; Outputs - panel > (3 * PanelWidth) + Vector256<double>.Count; panel += 4 * PanelWidth)
        {
            ref var w0 = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(panels), panel * Inputs);
            ref var w1 = ref Unsafe.Add(ref w0, Inputs * PanelWidth);
            ref var w2 = ref Unsafe.Add(ref w1, Inputs * PanelWidth);
            ref var w3 = ref Unsafe.Add(ref w2, Inputs * PanelWidth);
            Vector256<double> a0 = default, a1 = default, a2 = default, a3 = default;
            Vector256<double> b0 = default, b1 = default, b2 = default, b3 = default;
            for (var i = 0; i < x.Length; i++)
            {
                var at = (nuint)(i * PanelWidth);
                var next = at + (nuint)Vector256<double>.Count;
                var value = Vector256.Create(x[i]);
                a0 += value * Vector256.LoadUnsafe(ref w0, at);
                b0 += value * Vector256.LoadUnsafe(ref w0, next);
                a1 += value * Vector256.LoadUnsafe(ref w1, at);
                b1 += value * Vector256.LoadUnsafe(ref w1, next);
                a2 += value * Vector256.LoadUnsafe(ref w2, at);
                b2 += value * Vector256.LoadUnsafe(ref w2, next);
                a3 += value * Vector256.LoadUnsafe(ref w3, at);
                b3 += value * Vector256.LoadUnsafe(ref w3, next);
            }

            Store(a0, b0, panel, output);
            Store(a1, b1, panel + PanelWidth, output);
            Store(a2, b2, panel + (2 * PanelWidth), output);
            Store(a3, b3, panel + (3 * PanelWidth), output);
        }

        for (; Outputs - panel > Vector256<double>.Count; panel += PanelWidth)
        {
            ref var w = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(panels), panel * Inputs);
            Vector256<double> a = default, b = default;
            for (var i = 0; i < x.Length; i++)
            {
                var at = (nuint)(i * PanelWidth);
                var value = Vector256.Create(x[i]);
                a += value * Vector256.LoadUnsafe(ref w, at);
                b += value * Vector256.LoadUnsafe(ref w, at + (nuint)Vector256<double>.Count);
            }

            Store(a, b, panel, output);
        }

        if (panel < Outputs)
        {
            Narrow(x, panel, output);
        }
    }

    // Up to four columns: the inputs at even places in one sum, those at odd places in another.
    private void Narrow(ReadOnlySpan<double> x, int panel, Span<double> output)
    {
        ref var w = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(panels), panel * Inputs);
        Vector256<double> a = default, b = default;
        var i = 0;
        for (; i < x.Length - 1; i += 2)
        {
            a += Vector256.Create(x[i]) * Vector256.LoadUnsafe(ref w);
            b += Vector256.Create(x[i + 1]) * Vector256.LoadUnsafe(ref w, PanelWidth);
            w = ref Unsafe.Add(ref w, 2 * PanelWidth);
        }

        if (i < x.Length)
        {
            a += Vector256.Create(x[i]) * Vector256.LoadUnsafe(ref w);
        }

        Store(a + b, default, panel, output);
    }

    private void Store(Vector256<double> a, Vector256<double> b, int panel, Span<double> output)
    {
        a += Vector256.LoadUnsafe(ref bias[panel]);
        b += Vector256.LoadUnsafe(ref bias[panel + Vector256<double>.Count]);
        if (output.Length - panel >= PanelWidth)
        {
            ref var target = ref output[panel];
            a.StoreUnsafe(ref target);
            b.StoreUnsafe(ref target, (nuint)Vector256<double>.Count);
            return;
        }

        StoreSome(a, b, output[panel..]);
    }

    private static void StoreSome(Vector256<double> a, Vector256<double> b, Span<double> target)
    {
        if (target.Length >= Vector256<double>.Count)
        {
            a.CopyTo(target);
            target = target[Vector256<double>.Count..];
            a = b;
        }

        var pair = a.GetLower();
        if (target.Length >= Vector128<double>.Count)
        {
            pair.CopyTo(target);
            target = target[Vector128<double>.Count..];
            pair = a.GetUpper();
        }

        if (target.Length > 0)
        {
            target[0] = pair.ToScalar();
        }
    }
}
