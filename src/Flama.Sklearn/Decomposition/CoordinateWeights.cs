using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Decomposition;

/// <summary>Coordinate descent from 0: each weight in turn to its optimum, until the violation of the optimum's conditions has fallen to the tolerance's share.</summary>
internal sealed class CoordinateWeights : IWeightSolver
{
    private readonly FactorizationProblem problem;
    private readonly Matrix gram;
    private readonly double tolerance;
    private readonly int rounds;

    public CoordinateWeights(EstimatorState state, FactorizationProblem problem)
    {
        this.problem = problem;
        tolerance = state.Number("tol", 1e-4);
        rounds = state.Integer("max_iter", 200);
        gram = problem.Gram with { Values = [.. problem.Gram.Values] };
        for (var i = 0; i < gram.Rows; i++)
        {
            gram.Values[(i * gram.Columns) + i] += problem.L2;
        }
    }

    public void Solve(ReadOnlySpan<double> rows, Span<double> weights)
    {
        var components = problem.Components;
        using var scratch = new Scratch(weights.Length);
        var targets = scratch.Span;
        for (var i = 0; i < targets.Length; i++)
        {
            var row = rows.Slice(i / components.Rows * components.Columns, components.Columns);
            targets[i] = DotProduct.Of(row, components.Row(i % components.Rows)) - problem.L1;
        }

        var first = 0.0;
        for (var round = 0; round < rounds; round++)
        {
            var violation = Sweep(targets, weights);
            first = round == 0 ? violation : first;
            if (first == 0 || violation / first <= tolerance)
            {
                return;
            }
        }
    }

    private double Sweep(ReadOnlySpan<double> targets, Span<double> weights)
    {
        var violation = 0.0;
        for (var component = 0; component < gram.Rows; component++)
        {
            var products = gram.Row(component);
            for (var start = 0; start < weights.Length; start += gram.Rows)
            {
                var own = weights.Slice(start, gram.Rows);
                var gradient = DotProduct.Of(products, own) - targets[start + component];
                ref var weight = ref own[component];
                violation += Math.Abs(weight == 0 ? Math.Min(0, gradient) : gradient);
                if (products[component] != 0)
                {
                    weight = Math.Max(weight - (gradient / products[component]), 0);
                }
            }
        }

        return violation;
    }
}
