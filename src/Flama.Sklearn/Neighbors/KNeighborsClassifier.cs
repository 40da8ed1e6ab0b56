using System.Buffers;

namespace Flama.Sklearn.Neighbors;

/// <summary>The label that most of the k nearest training rows have, each counting 1 or 1/distance; the first of equal ones.</summary>
/// <remarks>
/// Probabilities are shares of the weight. The order of training rows at equal distance is the training order. Missing values are refused.
/// Source: sklearn.neighbors._classification, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class KNeighborsClassifier : Classifier
{
    private readonly NeighborSearch search;
    private readonly bool byDistance;
    private readonly int[] labels;

    public KNeighborsClassifier(EstimatorState state)
        : base(state, state.LabelsPerOutput("classes_"))
    {
        search = new NeighborSearch(state, FeatureCount);
        FeatureCount ??= search.Columns;
        byDistance = NeighborWeights.ByDistance(state);
        labels = [.. state.Array("_y").ToInt64s().Select(label => checked((int)label))];
        if (labels.Length != search.Count * ClassesPerOutput.Count)
        {
            throw state.Fail($"it has {labels.Length} labels for {search.Count} rows and {ClassesPerOutput.Count} outputs");
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0 || labels[i] >= ClassesPerOutput[i % ClassesPerOutput.Count].Count)
            {
                throw state.Fail($"training row {i / ClassesPerOutput.Count} has class {labels[i]}, which does not exist");
            }
        }
    }

    protected override bool HasProbabilities => true;

    protected override bool HasLogProbabilities => false;

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        var indices = ArrayPool<int>.Shared.Rent(search.Neighbors);
        var weights = ArrayPool<double>.Shared.Rent(search.Neighbors);
        try
        {
            for (var row = 0; row < input.Rows; row++)
            {
                var found = indices.AsSpan(0, search.Neighbors);
                var shares = weights.AsSpan(0, search.Neighbors);
                search.Find(input.Row(row), found, shares);
                NeighborWeights.Apply(shares, byDistance);
                Collect(found, shares, output.Row(row));
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(indices);
            ArrayPool<double>.Shared.Return(weights);
        }
    }

    private void Collect(ReadOnlySpan<int> neighbors, ReadOnlySpan<double> weights, Span<double> output)
    {
        output.Clear();
        var start = 0;
        for (var o = 0; o < ClassesPerOutput.Count; o++)
        {
            var shares = output.Slice(start, ClassesPerOutput[o].Count);
            var total = 0.0;
            for (var i = 0; i < neighbors.Length; i++)
            {
                shares[labels[(neighbors[i] * ClassesPerOutput.Count) + o]] += weights[i];
                total += weights[i];
            }

            foreach (ref var share in shares)
            {
                share /= total == 0 ? 1 : total;
            }

            start += shares.Length;
        }
    }
}
