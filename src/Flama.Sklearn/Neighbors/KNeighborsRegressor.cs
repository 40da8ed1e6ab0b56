namespace Flama.Sklearn.Neighbors;

/// <summary>The mean of the values of the k nearest training rows, each counting 1 or 1/distance.</summary>
/// <remarks>
/// The order of training rows at equal distance is the training order. Missing values are refused, but for the metric 'nan_euclidean'.
/// Source: sklearn.neighbors._regression, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class KNeighborsRegressor : Regressor
{
    private static readonly Method[] All = [Method.Predict, Method.KNeighbors];

    private readonly NeighborSearch search;
    private readonly NeighborTargets targets;
    private readonly int count;
    private readonly bool byDistance;

    public KNeighborsRegressor(EstimatorState state)
        : base(state)
    {
        search = NeighborSearch.Read(state, FeatureCount);
        FeatureCount ??= search.Columns;
        count = search.ReadCount(state, "n_neighbors");
        byDistance = NeighborWeights.ByDistance(state);
        targets = new NeighborTargets(state, search.Count);
    }

    public override IReadOnlyList<Method> Methods => All;

    public override InputRule Input => search.Input;

    public override bool TakesSparse => search.TakesSparse;

    protected override int? Outputs => targets.Outputs;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.KNeighbors ? NeighborQuery.Shape(count) : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.KNeighbors)
        {
            NeighborQuery.Write(search, input, count, output);
            return;
        }

        base.Compute(method, input, output);
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var query = new NeighborQuery(search, input, count);
        for (var row = 0; row < input.Rows; row++)
        {
            var weights = query.Distances(row);
            NeighborWeights.Apply(weights, byDistance);
            targets.Average(query.Indices(row), weights, output.Row(row));
        }
    }
}
