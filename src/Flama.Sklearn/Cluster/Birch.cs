namespace Flama.Sklearn.Cluster;

/// <summary>BIRCH: the label of the nearest subcluster's centre; <c>transform</c> gives the Euclidean distances to all subclusters.</summary>
/// <remarks>Missing values are refused. Source: sklearn.cluster._birch, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class Birch : CenterModel
{
    private readonly int[] labels;

    public Birch(EstimatorState state)
        : base(state, "subcluster_centers_", hasTransform: true)
    {
        labels = state.Integers("subcluster_labels_");
        if (labels.Length != Centers.Count)
        {
            throw state.Fail($"it has {labels.Length} labels for {Centers.Count} subclusters");
        }
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        base.Predict(input, output);
        for (var row = 0; row < output.Rows; row++)
        {
            output[row, 0] = labels[(int)output[row, 0]];
        }
    }
}
