using Flama.Pickle;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Neighbors;

/// <summary>The label that most training rows within a radius have, each counting 1 or 1/distance; the first of equal ones.</summary>
/// <remarks>
/// A row without neighbors gets the outlier label, or is an error where there is none; an outlier label that is not a class has probability 0 everywhere. Missing
/// values are refused. Source: sklearn.neighbors._classification, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class RadiusNeighborsClassifier : Classifier
{
    private readonly NeighborSearch search;
    private readonly NeighborLabels labels;
    private readonly double radius;
    private readonly bool byDistance;
    private readonly int[]? outliers;
    private readonly LabelSet[] answers;

    public RadiusNeighborsClassifier(EstimatorState state)
        : base(state, state.LabelsPerOutput("classes_"))
    {
        search = NeighborSearch.Read(state, FeatureCount);
        FeatureCount ??= search.Columns;
        radius = state.Number("radius");
        byDistance = NeighborWeights.ByDistance(state);
        labels = new NeighborLabels(state, ClassesPerOutput, search.Count);
        answers = [.. ClassesPerOutput];
        outliers = OutliersOf(state);
    }

    public override InputRule Input => search.Input;

    public override bool TakesSparse => search.TakesSparse;

    protected override bool HasProbabilities => true;

    protected override bool HasLogProbabilities => false;

    // A label that is not a class follows the classes.
    public override OutputShape Shape(Method method, FeatureBatch? input) => method != Method.Predict ? base.Shape(method, input)
        : answers.Length == 1 ? OutputShape.Label(answers[0])
        : OutputShape.LabelPerOutput(answers);

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        using var query = new RadiusQuery(search);
        for (var row = 0; row < input.Rows; row++)
        {
            query.Find(input, row, radius);
            if (query.Indices.IsEmpty)
            {
                MarkOutlier(input, row, output.Row(row));
                continue;
            }

            NeighborWeights.Apply(query.Distances, byDistance);
            labels.Share(query.Indices, query.Distances, output.Row(row));
        }
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * ProbabilityColumns);
        var probabilities = new OutputSlice(scratch.Span, ProbabilityColumns);
        PredictProbabilities(input, probabilities);
        for (var row = 0; row < output.Rows; row++)
        {
            var start = 0;
            for (var o = 0; o < answers.Length; o++)
            {
                var shares = probabilities.Row(row).Slice(start, ClassesPerOutput[o].Count);
                output[row, o] = shares.ContainsAnyExcept(0) ? ArgMax(shares) : outliers![o];
                start += shares.Length;
            }
        }
    }

    private void MarkOutlier(FeatureBatch input, int row, Span<double> output)
    {
        if (outliers is null)
        {
            throw InputCheck.Problem(new InputProblem(
                "no_neighbors",
                $"Row {input.FirstRow + row} has no training row within {radius}, and {Name} was given no label for such rows.",
                input.FirstRow + row));
        }

        output.Clear();
        var start = 0;
        for (var o = 0; o < outliers.Length; o++)
        {
            if (outliers[o] < ClassesPerOutput[o].Count)
            {
                output[start + outliers[o]] = 1;
            }

            start += ClassesPerOutput[o].Count;
        }
    }

    private int[]? OutliersOf(EstimatorState state)
    {
        if (state.Value("outlier_label_") is not { } value)
        {
            return null;
        }

        var given = value is List<object?> or PickleTuple or NdArray { Shape.Count: 1 } ? state.AsScalars(value, "outlier_label_") : [state.AsScalar(value, "outlier_label_")];
        if (given.Length != answers.Length)
        {
            throw state.Fail($"it has {given.Length} outlier labels for {answers.Length} outputs");
        }

        var positions = new int[given.Length];
        for (var o = 0; o < positions.Length; o++)
        {
            positions[o] = LabelPositions.Find(answers[o], given[o]);
            if (positions[o] < 0)
            {
                positions[o] = answers[o].Count;
                answers[o] = new([.. answers[o].Labels, given[o]]);
            }
        }

        return positions;
    }
}
