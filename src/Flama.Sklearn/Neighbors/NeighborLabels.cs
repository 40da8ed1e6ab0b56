namespace Flama.Sklearn.Neighbors;

/// <summary>The classes of the training rows, one per output, and how those of neighbors become probabilities.</summary>
internal sealed class NeighborLabels
{
    private readonly IReadOnlyList<LabelSet> classes;
    private readonly int[] labels;

    /// <summary>Reads <c>_y</c>.</summary>
    public NeighborLabels(EstimatorState state, IReadOnlyList<LabelSet> classes, int rows)
    {
        this.classes = classes;
        labels = state.Array("_y").ToInt32s();
        if (labels.Length != (long)rows * classes.Count)
        {
            throw state.Fail($"it has {labels.Length} labels for {rows} rows and {classes.Count} outputs");
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0 || labels[i] >= classes[i % classes.Count].Count)
            {
                throw state.Fail($"training row {i / classes.Count} has class {labels[i]}, which does not exist");
            }
        }
    }

    /// <summary>The share of each class in the weight of the neighbors, outputs side by side.</summary>
    public void Share(ReadOnlySpan<int> neighbors, ReadOnlySpan<double> weights, Span<double> output)
    {
        output.Clear();
        var start = 0;
        for (var o = 0; o < classes.Count; o++)
        {
            var shares = output.Slice(start, classes[o].Count);
            for (var i = 0; i < neighbors.Length; i++)
            {
                shares[labels[(neighbors[i] * classes.Count) + o]] += weights[i];
            }

            var total = 0.0;
            foreach (var share in shares)
            {
                total += share;
            }

            foreach (ref var share in shares)
            {
                share /= total == 0 ? 1 : total;
            }

            start += shares.Length;
        }
    }
}
