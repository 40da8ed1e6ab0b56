namespace Flama.Sklearn.Neighbors;

/// <summary>The class whose centroid is nearest, the first of equal ones.</summary>
/// <remarks>
/// Since 1.6 a class has the score 2 log prior − distance², columns divided by their deviation inside the classes; the largest wins where priors differ. <c>decision_function</c> (for two
/// classes the difference of their scores) and the probabilities, their softmax, are there for the Euclidean metric. Missing values are refused, but for 'nan_euclidean'.
/// Source: sklearn.neighbors._nearest_centroid, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class NearestCentroid : Classifier
{
    private const double Relative = 1e-5;
    private const double Absolute = 1e-8;

    private readonly NeighborSearch centroids;
    private readonly NeighborSearch? scaled;
    private readonly double[]? deviations;
    private readonly double[]? priors;

    public NearestCentroid(EstimatorState state)
        : base(state, state.Labels("classes_"))
    {
        var matrix = FeatureCount is { } columns ? state.Matrix("centroids_", Classes.Count, columns) : state.Matrix("centroids_");
        FeatureCount ??= matrix.Columns;
        centroids = NeighborSearch.Of(state, matrix);
        if (matrix.Rows != Classes.Count)
        {
            throw state.Fail($"it has {matrix.Rows} centroids for {Classes.Count} classes");
        }

        if (state.Value("class_prior_") is null)
        {
            return;
        }

        priors = state.Vector("class_prior_", Classes.Count);
        deviations = [.. state.Vector("within_class_std_dev_", matrix.Columns).Select(deviation => deviation == 0 ? 1 : deviation)];
        scaled = NeighborSearch.Of(state, new([.. matrix.Values.Select((value, i) => value / deviations[i % matrix.Columns])], matrix.Rows, matrix.Columns));
        HasProbabilities = HasDecisions = MetricReader.NameOf(state) == "euclidean";
        UsesScores = priors.Any(prior => Math.Abs(prior - (1.0 / priors.Length)) > Absolute + (Relative / priors.Length));
    }

    public override InputRule Input => centroids.Input;

    protected override bool HasProbabilities { get; }

    protected override bool HasDecisions { get; }

    private bool UsesScores { get; }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        if (UsesScores)
        {
            using var scratch = new Scratch(input.Rows * Classes.Count);
            var scores = new OutputSlice(scratch.Span, Classes.Count);
            Score(input, scores);
            for (var row = 0; row < output.Rows; row++)
            {
                output[row, 0] = ArgMax(scores.Row(row));
            }

            return;
        }

        using var query = new NeighborQuery(centroids, input, 1);
        for (var row = 0; row < output.Rows; row++)
        {
            output[row, 0] = query.Indices(row)[0];
        }
    }

    protected override void Decide(FeatureBatch input, OutputSlice output)
    {
        if (Classes.Count != 2)
        {
            Score(input, output);
            return;
        }

        using var scratch = new Scratch(input.Rows * 2);
        var scores = new OutputSlice(scratch.Span, 2);
        Score(input, scores);
        for (var row = 0; row < output.Rows; row++)
        {
            output[row, 0] = scores[row, 1] - scores[row, 0];
        }
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        Score(input, output);
        Softmax.Rows(output);
    }

    protected override void PredictLogProbabilities(FeatureBatch input, OutputSlice output)
    {
        Score(input, output);
        for (var row = 0; row < output.Rows; row++)
        {
            var scores = output.Row(row);
            var largest = scores[ArgMax(scores)];
            var sum = 0.0;
            foreach (ref var score in scores)
            {
                score -= largest;
                sum += Math.Exp(score);
            }

            foreach (ref var score in scores)
            {
                score -= Math.Log(sum);
            }
        }
    }

    private void Score(FeatureBatch input, OutputSlice output)
    {
        using var rows = FeatureBatch.RentLike(input);
        var target = rows.WritableNumbers;
        var source = input.Numbers;
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = source[i] / deviations![i % input.Columns];
        }

        using var query = new NeighborQuery(scaled!, rows, Classes.Count);
        for (var row = 0; row < output.Rows; row++)
        {
            var indices = query.Indices(row);
            var distances = query.Distances(row);
            for (var i = 0; i < indices.Length; i++)
            {
                output[row, indices[i]] = (2 * Math.Log(priors![indices[i]])) - (distances[i] * distances[i]);
            }
        }
    }
}
