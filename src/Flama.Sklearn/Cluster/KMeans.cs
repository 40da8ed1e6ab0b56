using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Cluster;

/// <summary>k-means and its mini-batch form: <c>predict</c> gives the number of the nearest centre, <c>transform</c> the Euclidean distances to all.</summary>
/// <remarks>
/// The nearest centre is the first with the smallest |c|² − 2 x·c. Missing values are refused. Source: sklearn.cluster._kmeans, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class KMeans : Estimator
{
    private readonly Matrix centers;
    private readonly AffineMap ranks;

    public KMeans(EstimatorState state)
        : base(state)
    {
        centers = state.Matrix("cluster_centers_");
        FeatureCount ??= centers.Columns;
        centers = state.Matrix("cluster_centers_", FeatureCount.Value);
        if (centers.Rows == 0)
        {
            throw state.Fail("it has no cluster centres");
        }

        var weights = centers.Transpose();
        var norms = new double[centers.Rows];
        for (var i = 0; i < norms.Length; i++)
        {
            foreach (var value in centers.Row(i))
            {
                norms[i] += value * value;
            }
        }

        foreach (ref var value in weights.Values.AsSpan())
        {
            value *= -2;
        }

        ranks = new AffineMap(weights, norms);
    }

    public override IReadOnlyList<Method> Methods => [Method.Predict, Method.Transform];

    public override InputRule Input => InputRule.Floats;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.Predict ? OutputShape.Integer : OutputShape.Numbers(centers.Rows);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        switch (method)
        {
            case Method.Predict:
                Predict(input, output);
                break;
            case Method.Transform:
                Transform(input, output);
                break;
            default:
                throw NoSuchMethod(method);
        }
    }

    private void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * centers.Rows);
        var scores = new OutputSlice(scratch.Span, centers.Rows);
        ranks.Apply(input.Numbers, scores);
        for (var row = 0; row < input.Rows; row++)
        {
            var rank = scores.Row(row);
            var nearest = 0;
            for (var i = 1; i < rank.Length; i++)
            {
                if (rank[i] < rank[nearest])
                {
                    nearest = i;
                }
            }

            output[row, 0] = nearest;
        }
    }

    private void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            for (var i = 0; i < centers.Rows; i++)
            {
                output[row, i] = Math.Sqrt(SquaredDistance.Of(input.Row(row), centers.Row(i)));
            }
        }
    }
}
