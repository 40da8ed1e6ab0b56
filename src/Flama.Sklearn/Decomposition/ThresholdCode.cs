namespace Flama.Sklearn.Decomposition;

/// <summary>The products with the atoms, drawn towards 0 by alpha.</summary>
internal sealed class ThresholdCode(double alpha, bool isPositive) : ICodeSolver
{
    public void Solve(ReadOnlySpan<double> products, double norm, Span<double> code)
    {
        for (var i = 0; i < code.Length; i++)
        {
            var value = Math.Sign(products[i]) * Math.Max(Math.Abs(products[i]) - alpha, 0);
            code[i] = isPositive ? Math.Max(value, 0) : value;
        }
    }
}
