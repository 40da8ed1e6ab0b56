namespace Flama.Sklearn.Decomposition;

/// <summary>Finds the weights of a factorisation.</summary>
internal interface IWeightSolver
{
    /// <summary>Finds the weights of all rows together.</summary>
    /// <param name="rows">X, row-major.</param>
    /// <param name="weights">W, row-major, all 0.</param>
    void Solve(ReadOnlySpan<double> rows, Span<double> weights);
}
