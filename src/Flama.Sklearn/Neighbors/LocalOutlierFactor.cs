namespace Flama.Sklearn.Neighbors;

/// <summary>
/// Local outlier factor for new rows (<c>novelty=True</c>): the score is minus the mean ratio of the neighbors' local reachability density to the row's own,
/// which is 1 / (mean of max(distance, the neighbor's own k-th distance) + 1e-10).
/// </summary>
/// <remarks>
/// Trained without novelty it has <c>kneighbors</c> only. Missing values are refused. Source: sklearn.neighbors._lof, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class LocalOutlierFactor : OutlierDetector
{
    private const double Smallest = 1e-10;

    private readonly NeighborSearch search;
    private readonly int count;
    private readonly int queried;
    private readonly double[] densities;
    private readonly double[] lastDistances;

    public LocalOutlierFactor(EstimatorState state)
        : base(state)
    {
        search = NeighborSearch.Read(state, FeatureCount);
        FeatureCount ??= search.Columns;
        count = search.ReadCount(state, "n_neighbors_");
        queried = state.Integer("n_neighbors", count);
        var isNovelty = state.Flag("novelty", false);
        Methods = [.. isNovelty ? base.Methods : [], .. queried >= 1 && queried <= search.Count ? [Method.KNeighbors] : Array.Empty<Method>()];
        densities = isNovelty ? state.Vector("_lrd", search.Count) : [];
        lastDistances = isNovelty ? LastDistances(state) : [];
    }

    public override IReadOnlyList<Method> Methods { get; }

    public override InputRule Input => search.Input;

    public override bool TakesSparse => search.TakesSparse;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.KNeighbors ? NeighborQuery.Shape(queried) : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.KNeighbors)
        {
            NeighborQuery.Write(search, input, queried, output);
            return;
        }

        base.Compute(method, input, output);
    }

    protected override void Score(FeatureBatch input, OutputSlice output)
    {
        using var query = new NeighborQuery(search, input, count);
        for (var row = 0; row < input.Rows; row++)
        {
            output[row, 0] = Score(query.Indices(row), query.Distances(row));
        }
    }

    private double Score(ReadOnlySpan<int> neighbors, ReadOnlySpan<double> distances)
    {
        var reach = 0.0;
        for (var i = 0; i < neighbors.Length; i++)
        {
            reach += Math.Max(distances[i], lastDistances[neighbors[i]]);
        }

        var density = 1 / ((reach / count) + Smallest);
        var ratios = 0.0;
        foreach (var neighbor in neighbors)
        {
            ratios += densities[neighbor] / density;
        }

        return -(ratios / count);
    }

    // The distance of each training row to its own k-th neighbor.
    private double[] LastDistances(EstimatorState state)
    {
        var distances = state.Matrix("_distances_fit_X_");
        if (distances.Rows != search.Count || distances.Columns < count)
        {
            throw state.Fail($"its training distances have the shape ({distances.Rows}, {distances.Columns}), expected ({search.Count}, {count})");
        }

        return [.. Enumerable.Range(0, distances.Rows).Select(row => distances[row, count - 1])];
    }
}
