namespace Flama.Sklearn.Neighbors;

/// <summary>The label that most of the k nearest training rows have, each counting 1 or 1/distance; the first of equal ones.</summary>
/// <remarks>
/// Probabilities are shares of the weight. The order of training rows at equal distance is the training order. Missing values are refused, but for the
/// metric 'nan_euclidean'. Source: sklearn.neighbors._classification, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class KNeighborsClassifier : Classifier
{
    private readonly NeighborSearch search;
    private readonly NeighborLabels labels;
    private readonly int count;
    private readonly bool byDistance;

    public KNeighborsClassifier(EstimatorState state)
        : base(state, state.LabelsPerOutput("classes_"))
    {
        search = NeighborSearch.Read(state, FeatureCount);
        FeatureCount ??= search.Columns;
        count = search.ReadCount(state, "n_neighbors");
        byDistance = NeighborWeights.ByDistance(state);
        labels = new NeighborLabels(state, ClassesPerOutput, search.Count);
        Methods = [.. base.Methods, Method.KNeighbors];
    }

    public override IReadOnlyList<Method> Methods { get; }

    public override InputRule Input => search.Input;

    public override bool TakesSparse => search.TakesSparse;

    protected override bool HasProbabilities => true;

    protected override bool HasLogProbabilities => false;

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

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        using var query = new NeighborQuery(search, input, count);
        for (var row = 0; row < input.Rows; row++)
        {
            var weights = query.Distances(row);
            NeighborWeights.Apply(weights, byDistance);
            labels.Share(query.Indices(row), weights, output.Row(row));
        }
    }
}
