namespace Flama.Sklearn.Numerics;

/// <summary>Solves L·v = b for a lower triangular matrix, by forward substitution; what is above the diagonal is not read.</summary>
internal static class LowerTriangle
{
    /// <summary>Replaces b by v.</summary>
    /// <param name="matrix">L, <c>n × n</c>.</param>
    /// <param name="values">b, of <c>n</c> numbers.</param>
    public static void Solve(Matrix matrix, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var row = matrix.Row(i);
            values[i] = (values[i] - DotProduct.Of(row[..i], values[..i])) / row[i];
        }
    }
}
