namespace Flama.Sklearn.Decomposition;

/// <summary>Finds the code of one row.</summary>
internal interface ICodeSolver
{
    /// <summary>Finds the code.</summary>
    /// <param name="products">The row's product with each atom.</param>
    /// <param name="norm">The row's squared length.</param>
    /// <param name="code">All 0 before.</param>
    void Solve(ReadOnlySpan<double> products, double norm, Span<double> code);
}
