using System.Buffers;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.SemiSupervised;

/// <summary>
/// Label propagation and spreading: the mean of the training rows' label distributions, weighted by e^(−γ|x − xᵢ|²) ('rbf') or taken over the nearest rows
/// ('knn'), divided by its sum.
/// </summary>
/// <remarks>
/// A row so far from all others that every weight is 0 has NaN probabilities and the first class, as in Python. Nearest rows at the same distance are taken in training's order.
/// Missing values are refused. Source: sklearn.semi_supervised._label_propagation, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class LabelPropagation : Classifier
{
    private readonly Matrix rows;
    private readonly Matrix distributions;
    private readonly double gamma;
    private readonly int neighbors;

    public LabelPropagation(EstimatorState state)
        : base(state, state.Labels("classes_"))
    {
        rows = state.Matrix("X_");
        FeatureCount ??= rows.Columns;
        distributions = state.Matrix("label_distributions_", rows.Rows, Classes.Count);
        if (rows.Columns != FeatureCount || rows.Rows == 0)
        {
            throw state.Fail($"its attribute 'X_' has shape ({rows.Rows}, {rows.Columns}) and the model takes {FeatureCount} features");
        }

        var kernel = state.Value("kernel") as string ?? throw state.Unsupported("a kernel function of the user's");
        gamma = state.Number("gamma", 20);
        neighbors = state.Choice("kernel", "rbf", "knn") == kernel && kernel == "knn" ? state.Integer("n_neighbors", 7) : 0;
        if (neighbors < 0 || neighbors > rows.Rows)
        {
            throw state.Fail($"its n_neighbors is {neighbors} and it has {rows.Rows} training rows");
        }
    }

    protected override bool HasProbabilities => true;

    protected override bool HasLogProbabilities => false;

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(rows.Rows);
        var positions = ArrayPool<int>.Shared.Rent(rows.Rows);
        for (var row = 0; row < input.Rows; row++)
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                scratch.Span[i] = SquaredDistance.Of(input.Row(row), rows.Row(i));
                positions[i] = i;
            }

            var target = output.Row(row);
            target.Clear();
            if (neighbors > 0)
            {
                AddNearest(scratch.Span, positions.AsSpan(0, rows.Rows), target);
            }
            else
            {
                AddAll(scratch.Span, target);
            }

            Softmax.Normalize(target);
        }

        ArrayPool<int>.Shared.Return(positions);
    }

    private void AddAll(ReadOnlySpan<double> distances, Span<double> target)
    {
        for (var i = 0; i < distances.Length; i++)
        {
            Add(i, Math.Exp(-gamma * distances[i]), target);
        }
    }

    private void AddNearest(Span<double> distances, Span<int> positions, Span<double> target)
    {
        // Few neighbours of many rows: each round moves the next nearest to the front.
        for (var n = 0; n < neighbors; n++)
        {
            var nearest = n;
            for (var i = n + 1; i < positions.Length; i++)
            {
                if (distances[i] < distances[nearest] || (distances[i] == distances[nearest] && positions[i] < positions[nearest]))
                {
                    nearest = i;
                }
            }

            (distances[n], distances[nearest]) = (distances[nearest], distances[n]);
            (positions[n], positions[nearest]) = (positions[nearest], positions[n]);
            Add(positions[n], 1, target);
        }
    }

    private void Add(int row, double weight, Span<double> target)
    {
        var distribution = distributions.Row(row);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += weight * distribution[i];
        }
    }
}
