namespace Flama.Sklearn.Neighbors;

/// <summary>The mean of the values of all training rows within a radius, each counting 1 or 1/distance; NaN where there are none.</summary>
/// <remarks>
/// A model whose values are integers gives the smallest integer instead of NaN, as Python does. Missing values are refused. Source:
/// sklearn.neighbors._regression, checked against 1.2 (0.23, 1.4 and 1.9 compute the same).
/// </remarks>
internal sealed class RadiusNeighborsRegressor : Regressor
{
    private readonly NeighborSearch search;
    private readonly NeighborTargets targets;
    private readonly double radius;
    private readonly bool byDistance;

    public RadiusNeighborsRegressor(EstimatorState state)
        : base(state)
    {
        search = NeighborSearch.Read(state, FeatureCount);
        FeatureCount ??= search.Columns;
        radius = state.Number("radius");
        byDistance = NeighborWeights.ByDistance(state);
        targets = new NeighborTargets(state, search.Count);
    }

    public override InputRule Input => search.Input;

    public override bool TakesSparse => search.TakesSparse;

    protected override int? Outputs => targets.Outputs;

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var query = new RadiusQuery(search);
        for (var row = 0; row < input.Rows; row++)
        {
            query.Find(input, row, radius);
            if (query.Indices.IsEmpty)
            {
                output.Row(row).Fill(targets.Nothing);
                continue;
            }

            NeighborWeights.Apply(query.Distances, byDistance);
            targets.Average(query.Indices, query.Distances, output.Row(row));
        }
    }
}
