using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Cluster;

/// <summary>Affinity propagation: the number of the nearest exemplar; −1 where training found none.</summary>
/// <remarks>
/// Trained on affinities it has no centres and no <c>predict</c>. Missing values are refused. Source: sklearn.cluster._affinity_propagation, checked against 0.23, 1.2, 1.4
/// and 1.9.
/// </remarks>
internal sealed class AffinityPropagation : Estimator
{
    private static readonly Method[] All = [Method.Predict];

    private readonly NearestCenters? centers;
    private readonly bool isFitted;

    public AffinityPropagation(EstimatorState state)
        : base(state)
    {
        isFitted = state.Value("cluster_centers_") is not null;
        if (isFitted && state.Value("cluster_centers_") is not NdArray { Length: 0 })
        {
            var matrix = FeatureCount is { } columns ? state.Matrix("cluster_centers_", columns) : state.Matrix("cluster_centers_");
            FeatureCount ??= matrix.Columns;
            centers = new NearestCenters(matrix);
        }
    }

    public override IReadOnlyList<Method> Methods => isFitted ? All : [];

    public override bool TakesSparse => true;

    public override OutputShape Shape(Method method, FeatureBatch? input) => OutputShape.Integer;

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method != Method.Predict)
        {
            throw NoSuchMethod(method);
        }

        if (centers is not null)
        {
            centers.Assign(input, output);
            return;
        }

        for (var row = 0; row < output.Rows; row++)
        {
            output[row, 0] = -1;
        }
    }
}
