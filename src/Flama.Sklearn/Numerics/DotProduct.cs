using System.Numerics;

namespace Flama.Sklearn.Numerics;

/// <summary>Σ xᵢ·yᵢ, products rounded before they are added: a fused multiply-add would keep products finite that overflow in Python.</summary>
internal static class DotProduct
{
    /// <summary>The product of two vectors of the same length.</summary>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        y = y[..x.Length];
        var a = Vector<double>.Zero;
        var b = Vector<double>.Zero;
        var i = 0;
        for (; i <= x.Length - (2 * Vector<double>.Count); i += 2 * Vector<double>.Count)
        {
            a += new Vector<double>(x[i..]) * new Vector<double>(y[i..]);
            b += new Vector<double>(x[(i + Vector<double>.Count)..]) * new Vector<double>(y[(i + Vector<double>.Count)..]);
        }

        var sum = Vector.Sum(a + b);
        for (; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>The product of a sparse and a dense vector.</summary>
    /// <param name="columns">The positions of the sparse vector's values.</param>
    /// <param name="values">Those values.</param>
    /// <param name="y">The dense vector.</param>
    public static double Of(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, ReadOnlySpan<double> y)
    {
        values = values[..columns.Length];
        var sum = 0.0;
        for (var i = 0; i < columns.Length; i++)
        {
            sum += values[i] * y[columns[i]];
        }

        return sum;
    }
}
