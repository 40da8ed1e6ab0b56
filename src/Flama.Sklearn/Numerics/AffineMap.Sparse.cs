using System.Runtime.Intrinsics;

namespace Flama.Sklearn.Numerics;

/// <content>Rows without their zeros.</content>
internal sealed partial class AffineMap
{
    /// <summary>Computes the map of sparse rows: only the weights of their own columns are read.</summary>
    /// <param name="x">Rows of <see cref="Inputs"/> columns.</param>
    /// <param name="output">As many rows, <see cref="Outputs"/> columns.</param>
    public void Apply(SparseRows x, OutputSlice output)
    {
        if (x.Columns != Inputs || output.Columns != Outputs || x.Rows < output.Rows)
        {
            throw new ArgumentException("The rows or the output have another width than the map.", nameof(x));
        }

        for (var panel = 0; panel < Outputs; panel += PanelWidth)
        {
            var weights = panels.AsSpan(panel * Inputs, PanelWidth * Inputs);
            for (var row = 0; row < output.Rows; row++)
            {
                SparseRow(x.ColumnsOf(row), x.ValuesOf(row), weights, panel, output.Row(row));
            }
        }
    }

    private void SparseRow(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, ReadOnlySpan<double> weights, int panel, Span<double> output)
    {
        Vector256<double> a = default, b = default;
        for (var i = 0; i < columns.Length; i++)
        {
            var value = Vector256.Create(values[i]);
            var eight = weights.Slice(columns[i] * PanelWidth, PanelWidth);
            a += value * Vector256.Create(eight);
            b += value * Vector256.Create(eight[Vector256<double>.Count..]);
        }

        Store(a, b, panel, output);
    }
}
