namespace Flama.Sklearn.Decomposition;

/// <summary>Multiplicative updates until the weights change by no more than the tolerance's share of their length.</summary>
internal sealed class MiniBatchWeights : IWeightSolver
{
    private readonly MultiplicativeStep step;
    private readonly double tolerance;
    private readonly int rounds;

    public MiniBatchWeights(EstimatorState state, FactorizationProblem problem)
    {
        step = new MultiplicativeStep(problem);
        tolerance = state.Number("tol", 1e-4);
        rounds = state.Integer(state.Value("transform_max_iter") is null ? "max_iter" : "transform_max_iter", 200);
    }

    public void Solve(ReadOnlySpan<double> rows, Span<double> weights)
    {
        step.Start(rows, weights);
        var before = weights.ToArray();
        for (var round = 0; round < rounds; round++)
        {
            step.Update(rows, weights);
            double change = 0, length = 0;
            for (var i = 0; i < weights.Length; i++)
            {
                change += (weights[i] - before[i]) * (weights[i] - before[i]);
                length += weights[i] * weights[i];
            }

            if (tolerance > 0 && Math.Sqrt(change) / Math.Sqrt(length) <= tolerance)
            {
                return;
            }

            weights.CopyTo(before);
        }
    }
}
