using Flama.Pickle;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Cluster;

/// <summary>Bisecting k-means: from the root of the cluster tree to the nearer of two centres until a leaf; <c>transform</c> gives the distances to all leaves' centres.</summary>
/// <remarks>Missing values are refused. Source: sklearn.cluster._bisect_k_means, checked against 1.2, 1.4 and 1.9.</remarks>
internal sealed class BisectingKMeans : CenterModel
{
    private readonly List<Node> nodes = [];

    public BisectingKMeans(EstimatorState state)
        : base(state, "cluster_centers_", hasTransform: true)
    {
        var mean = state.Value("_X_mean") is null ? new double[FeatureCount!.Value] : state.Vector("_X_mean", FeatureCount!.Value);
        Read(state, mean);
    }

    public override InputRule Input => InputRule.Floats;

    public override bool TakesSparse => false;

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            var values = input.Row(row);
            var node = nodes[0];
            while (node.Left > 0)
            {
                var left = nodes[node.Left];
                var right = nodes[node.Left + 1];
                node = Rank(right, values) < Rank(left, values) ? right : left;
            }

            output[row, 0] = node.Label;
        }
    }

    private static double Rank(Node node, ReadOnlySpan<double> values) => node.Norm - (2 * DotProduct.Of(values, node.Center));

    // Level by level, children side by side; each object once.
    private void Read(EstimatorState state, double[] mean)
    {
        var objects = new List<object?> { state.Required("_bisecting_tree") };
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < objects.Count; i++)
        {
            var part = state.Part(objects[i], $"_bisecting_tree[{i}]");
            if (!seen.Add(objects[i]!))
            {
                throw part.Fail("a node of its cluster tree has two parents");
            }

            var isLeaf = part.Value("left") is not PickleObject;
            var center = part.Vector("center", mean.Length);
            for (var column = 0; column < mean.Length; column++)
            {
                center[column] += mean[column];
            }

            nodes.Add(new(center, DotProduct.Of(center, center), isLeaf ? 0 : objects.Count, isLeaf ? part.Integer("label") : 0));
            if (!isLeaf)
            {
                objects.Add(part.Value("left"));
                objects.Add(part.Required("right"));
            }
        }
    }

    private sealed record Node(double[] Center, double Norm, int Left, int Label);
}
