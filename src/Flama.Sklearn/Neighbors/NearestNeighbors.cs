namespace Flama.Sklearn.Neighbors;

/// <summary>The nearest training rows: <c>kneighbors</c> gives their distances and positions.</summary>
/// <remarks>
/// The order of training rows at equal distance is the training order. Missing values are refused, but for the metric 'nan_euclidean'. Source:
/// sklearn.neighbors._unsupervised, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class NearestNeighbors : Estimator
{
    private static readonly Method[] All = [Method.KNeighbors];

    private readonly NeighborSearch search;
    private readonly int count;

    public NearestNeighbors(EstimatorState state)
        : base(state)
    {
        search = NeighborSearch.Read(state, FeatureCount);
        FeatureCount ??= search.Columns;
        count = search.ReadCount(state, "n_neighbors");
    }

    public override IReadOnlyList<Method> Methods => All;

    public override InputRule Input => search.Input;

    public override bool TakesSparse => search.TakesSparse;

    public override OutputShape Shape(Method method, FeatureBatch? input) => NeighborQuery.Shape(count);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method != Method.KNeighbors)
        {
            throw NoSuchMethod(method);
        }

        NeighborQuery.Write(search, input, count, output);
    }
}
