using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Flama.Sklearn.Numerics;

/// <summary>
/// The map x → x·W + b for many rows: the inner loop of linear models and neural networks.
/// </summary>
/// <remarks>
/// Weights are packed once into panels of eight columns, each panel holding its <c>inputs × 8</c> numbers in the order they are used,
/// so that four rows times eight columns stay in registers. Each sum runs over the inputs in their order, products rounded before they are added: a fused
/// multiply-add would be faster and would keep products finite that overflow in Python. Immutable and thread-safe.
/// </remarks>
internal sealed partial class AffineMap
{
    private const int PanelWidth = 8;
    private const int RowBlock = 4;

    private readonly double[] panels;
    private readonly double[] bias;

    /// <summary>Packs the weights.</summary>
    /// <param name="weights"><c>inputs × outputs</c>.</param>
    /// <param name="bias">One number an output.</param>
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

        for (var panel = 0; panel < Outputs; panel += PanelWidth)
        {
            var weights = panels.AsSpan(panel * Inputs, PanelWidth * Inputs);
            var row = 0;
            for (; row <= rows - RowBlock; row += RowBlock)
            {
                FourRows(x[(row * Inputs)..], weights, panel, output, row);
            }

            for (; row < rows; row++)
            {
                OneRow(x.Slice(row * Inputs, Inputs), weights, panel, output, row);
            }
        }
    }

    private void FourRows(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, int panel, OutputSlice output, int row)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
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
                var left = Vector256.LoadUnsafe(ref w, (nuint)(i * PanelWidth));
                var right = Vector256.LoadUnsafe(ref w, (nuint)((i * PanelWidth) + Vector256<double>.Count));
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
            for (var i = 0; i < Inputs; i++)
            {
                var left = Vector256.LoadUnsafe(ref w, (nuint)(i * PanelWidth));
                a0 += Vector256.Create(Unsafe.Add(ref x0, i)) * left;
                a1 += Vector256.Create(Unsafe.Add(ref x1, i)) * left;
                a2 += Vector256.Create(Unsafe.Add(ref x2, i)) * left;
                a3 += Vector256.Create(Unsafe.Add(ref x3, i)) * left;
            }
        }

        Store(a0, b0, panel, output.Row(row));
        Store(a1, b1, panel, output.Row(row + 1));
        Store(a2, b2, panel, output.Row(row + 2));
        Store(a3, b3, panel, output.Row(row + 3));
    }

    private void OneRow(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, int panel, OutputSlice output, int row)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        Vector256<double> a = default, b = default;
        for (var i = 0; i < x.Length; i++)
        {
            var value = Vector256.Create(x[i]);
            a += value * Vector256.LoadUnsafe(ref w, (nuint)(i * PanelWidth));
            b += value * Vector256.LoadUnsafe(ref w, (nuint)((i * PanelWidth) + Vector256<double>.Count));
        }

        Store(a, b, panel, output.Row(row));
    }

    private void Store(Vector256<double> a, Vector256<double> b, int panel, Span<double> output)
    {
        a += Vector256.LoadUnsafe(ref bias[panel]);
        b += Vector256.LoadUnsafe(ref bias[panel + Vector256<double>.Count]);
        var target = output[panel..];
        if (target.Length >= PanelWidth)
        {
            a.CopyTo(target);
            b.CopyTo(target[Vector256<double>.Count..]);
            return;
        }

        Span<double> buffer = stackalloc double[PanelWidth];
        a.CopyTo(buffer);
        b.CopyTo(buffer[Vector256<double>.Count..]);
        buffer[..target.Length].CopyTo(target);
    }
}
