namespace Flama.Sklearn.Decomposition;

/// <summary>Multiplicative updates until, over ten of them, the divergence falls by less than the tolerance's share of the first.</summary>
internal sealed class MultiplicativeWeights : IWeightSolver
{
    private const int CheckEvery = 10;
    private const double Epsilon = 2.220446049250313e-16;

    private readonly MultiplicativeStep step;
    private readonly double beta;
    private readonly double tolerance;
    private readonly int rounds;

    public MultiplicativeWeights(EstimatorState state, FactorizationProblem problem)
    {
        step = new MultiplicativeStep(problem);
        beta = problem.Beta;
        tolerance = state.Number("tol", 1e-4);
        rounds = state.Integer("max_iter", 200);
    }

    public void Solve(ReadOnlySpan<double> rows, Span<double> weights)
    {
        step.Start(rows, weights);
        var first = step.Error(rows, weights);
        var previous = first;
        for (var round = 1; round <= rounds; round++)
        {
            step.Update(rows, weights);
            for (var i = 0; beta < 1 && i < weights.Length; i++)
            {
                weights[i] = weights[i] < Epsilon ? 0 : weights[i];
            }

            if (tolerance > 0 && round % CheckEvery == 0)
            {
                var error = step.Error(rows, weights);
                if ((previous - error) / first < tolerance)
                {
                    return;
                }

                previous = error;
            }
        }
    }
}
