namespace Flama.Sklearn.Numerics;

/// <summary>Inverses and determinants of small matrices, at load time.</summary>
internal static class SquareMatrix
{
    /// <summary>The inverse by Gauss and Jordan with the largest pivot of each column; null when there is none.</summary>
    /// <param name="matrix"><c>n × n</c>.</param>
    public static Matrix? Invert(Matrix matrix)
    {
        var n = matrix.Rows;
        var left = (double[])matrix.Values.Clone();
        var right = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            right[(i * n) + i] = 1;
        }

        for (var column = 0; column < n; column++)
        {
            var pivot = PivotOf(left, n, column);
            var value = left[(pivot * n) + column];
            if (value == 0 || !double.IsFinite(value))
            {
                return null;
            }

            Swap(left, n, column, pivot);
            Swap(right, n, column, pivot);
            Scale(left, n, column, 1 / value);
            Scale(right, n, column, 1 / value);
            for (var row = 0; row < n; row++)
            {
                var factor = left[(row * n) + column];
                if (row != column && factor != 0)
                {
                    Subtract(left, n, row, column, factor);
                    Subtract(right, n, row, column, factor);
                }
            }
        }

        return new(right, n, n);
    }

    /// <summary>The logarithm of the determinant; −∞ when that is not above 0.</summary>
    /// <param name="matrix"><c>n × n</c>.</param>
    public static double LogDeterminant(Matrix matrix)
    {
        var n = matrix.Rows;
        var values = (double[])matrix.Values.Clone();
        var sum = 0.0;
        var isNegative = false;
        for (var column = 0; column < n; column++)
        {
            var pivot = PivotOf(values, n, column);
            var value = values[(pivot * n) + column];
            isNegative ^= value < 0 != (pivot != column);
            sum += Math.Log(Math.Abs(value));
            if (value == 0)
            {
                return double.NegativeInfinity;
            }

            Swap(values, n, column, pivot);
            for (var row = column + 1; row < n; row++)
            {
                Subtract(values, n, row, column, values[(row * n) + column] / value);
            }
        }

        return isNegative ? double.NegativeInfinity : sum;
    }

    private static int PivotOf(double[] values, int n, int column)
    {
        var pivot = column;
        for (var row = column + 1; row < n; row++)
        {
            pivot = Math.Abs(values[(row * n) + column]) > Math.Abs(values[(pivot * n) + column]) ? row : pivot;
        }

        return pivot;
    }

    private static void Swap(double[] values, int n, int row, int other)
    {
        for (var i = 0; row != other && i < n; i++)
        {
            (values[(row * n) + i], values[(other * n) + i]) = (values[(other * n) + i], values[(row * n) + i]);
        }
    }

    private static void Scale(double[] values, int n, int row, double factor)
    {
        foreach (ref var value in values.AsSpan(row * n, n))
        {
            value *= factor;
        }
    }

    private static void Subtract(double[] values, int n, int row, int other, double factor)
    {
        for (var i = 0; i < n; i++)
        {
            values[(row * n) + i] -= factor * values[(other * n) + i];
        }
    }
}
