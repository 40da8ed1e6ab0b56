namespace Flama.Sklearn.Numerics;

/// <summary>The Moore-Penrose inverse of a matrix, by one-sided Jacobi rotations of its rows or columns, whichever are fewer.</summary>
internal static class PseudoInverse
{
    private const double Epsilon = 2.220446049250313e-16;
    private const int MaxSweeps = 60;

    /// <summary>The inverse, with rows and columns swapped: as many rows and columns as the matrix.</summary>
    /// <remarks>Singular values below the larger dimension times the float64 epsilon times the largest one count as zero, as in scipy.</remarks>
    public static Matrix Transposed(Matrix matrix)
    {
        if (matrix.Rows > matrix.Columns)
        {
            return Transposed(matrix.Transpose()).Transpose();
        }

        // Rotations U make the rows of W = UᵀC orthogonal; their lengths are the singular values, and C⁺ᵀ = U·diag(1/σ²)·W.
        var rows = Enumerable.Range(0, matrix.Rows).Select(i => matrix.Row(i).ToArray()).ToArray();
        var rotations = Enumerable.Range(0, matrix.Rows).Select(i => Unit(i, matrix.Rows)).ToArray();
        for (var sweep = 0; sweep < MaxSweeps && Sweep(rows, rotations); sweep++)
        {
        }

        var squares = Array.ConvertAll(rows, row => Dot(row, row));
        var smallest = Math.Max(matrix.Rows, matrix.Columns) * Epsilon * Math.Sqrt(squares.DefaultIfEmpty(0).Max());
        var inverse = new double[matrix.Values.Length];
        for (var k = 0; k < rows.Length; k++)
        {
            for (var i = 0; i < rows.Length && Math.Sqrt(squares[k]) > smallest; i++)
            {
                AddScaled(inverse.AsSpan(i * matrix.Columns, matrix.Columns), rows[k], rotations[k][i] / squares[k]);
            }
        }

        return new(inverse, matrix.Rows, matrix.Columns);
    }

    private static double[] Unit(int position, int length)
    {
        var unit = new double[length];
        unit[position] = 1;
        return unit;
    }

    // Rotates each pair of rows until they are orthogonal; false when all were.
    private static bool Sweep(double[][] rows, double[][] rotations)
    {
        var hasRotated = false;
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = i + 1; j < rows.Length; j++)
            {
                var product = Dot(rows[i], rows[j]);
                var (first, second) = (Dot(rows[i], rows[i]), Dot(rows[j], rows[j]));
                if (!(Math.Abs(product) > Epsilon * Math.Sqrt(first * second)))
                {
                    continue;
                }

                var slope = (second - first) / (2 * product);
                var tangent = (slope < 0 ? -1 : 1) / (Math.Abs(slope) + Math.Sqrt(1 + (slope * slope)));
                var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
                Rotate(rows[i], rows[j], cosine, cosine * tangent);
                Rotate(rotations[i], rotations[j], cosine, cosine * tangent);
                hasRotated = true;
            }
        }

        return hasRotated;
    }

    private static void Rotate(double[] first, double[] second, double cosine, double sine)
    {
        for (var i = 0; i < first.Length; i++)
        {
            (first[i], second[i]) = ((cosine * first[i]) - (sine * second[i]), (sine * first[i]) + (cosine * second[i]));
        }
    }

    private static void AddScaled(Span<double> target, double[] row, double factor)
    {
        for (var i = 0; i < row.Length; i++)
        {
            target[i] += factor * row[i];
        }
    }

    private static double Dot(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
