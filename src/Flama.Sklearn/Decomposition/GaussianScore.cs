using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Decomposition;

/// <summary>
/// The logarithm of a normal density around 0 with the covariance Cᵀ D C + diag(n): −½ (xᵀPx + k ln 2π − ln |P|), P its inverse. By the matrix inversion lemma
/// only matrices of the size of C Cᵀ are needed: xᵀPx = Σ x²/n − uᵀMu with u = C (x/n) and M = √D (I + √D C diag(1/n) Cᵀ √D)⁻¹ √D.
/// </summary>
internal sealed class GaussianScore
{
    private readonly AffineMap map;
    private readonly double[] precisions;
    private readonly Matrix inner;
    private readonly double constant;

    private GaussianScore(AffineMap map, double[] precisions, Matrix inner, double logDeterminant)
    {
        this.map = map;
        this.precisions = precisions;
        this.inner = inner;
        constant = 0.5 * ((map.Inputs * Math.Log(2 * Math.PI)) + logDeterminant);
    }

    /// <summary>Makes the density.</summary>
    /// <param name="components">C, one per row.</param>
    /// <param name="weights">D's diagonal, 0 or more.</param>
    /// <param name="noise">n, one per column, above 0.</param>
    /// <returns>Null when the covariance has no inverse.</returns>
    public static GaussianScore? Of(Matrix components, double[] weights, double[] noise)
    {
        var (rows, columns) = (components.Rows, components.Columns);
        double[] roots = [.. weights.Select(Math.Sqrt)];
        var scaled = new Matrix([.. components.Values.Select((value, i) => value / noise[i % columns])], rows, columns);
        var gram = scaled.Times(components.Transpose());
        for (var i = 0; i < gram.Values.Length; i++)
        {
            gram.Values[i] *= roots[i / rows] * roots[i % rows];
        }

        for (var i = 0; i < rows; i++)
        {
            gram.Values[(i * rows) + i] += 1;
        }

        if (SquareMatrix.Invert(gram) is not { } inverse)
        {
            return null;
        }

        for (var i = 0; i < inverse.Values.Length; i++)
        {
            inverse.Values[i] *= -roots[i / rows] * roots[i % rows];
        }

        return new(
            new AffineMap(scaled.Transpose(), new double[rows]),
            Array.ConvertAll(noise, value => 1 / value),
            inverse,
            noise.Sum(Math.Log) + SquareMatrix.LogDeterminant(gram));
    }

    /// <summary>Makes the density without noise, when C is a full rotation: xᵀPx = Σ (Cx)² / variance.</summary>
    public static GaussianScore OfRotation(Matrix components, double[] variances)
    {
        var diagonal = new Matrix(new double[components.Rows * components.Rows], components.Rows, components.Rows);
        for (var i = 0; i < variances.Length; i++)
        {
            diagonal.Values[(i * diagonal.Columns) + i] = 1 / variances[i];
        }

        return new(new AffineMap(components.Transpose(), new double[components.Rows]), new double[components.Columns], diagonal, variances.Sum(Math.Log));
    }

    /// <summary>Writes the score of each row.</summary>
    /// <param name="centered">Row-major, less the mean.</param>
    /// <param name="output">One column.</param>
    public void Write(ReadOnlySpan<double> centered, OutputSlice output)
    {
        using var scratch = new Scratch(output.Rows * map.Outputs);
        map.Apply(centered, new OutputSlice(scratch.Span, map.Outputs));
        for (var row = 0; row < output.Rows; row++)
        {
            var sum = 0.0;
            var values = centered.Slice(row * map.Inputs, map.Inputs);
            for (var i = 0; i < values.Length; i++)
            {
                sum += values[i] * values[i] * precisions[i];
            }

            var projected = scratch.Span.Slice(row * map.Outputs, map.Outputs);
            for (var i = 0; i < projected.Length; i++)
            {
                sum += projected[i] * DotProduct.Of(inner.Row(i), projected);
            }

            output[row, 0] = (-0.5 * sum) - constant;
        }
    }
}
