namespace Flama.Sklearn.MultiOutput;

/// <summary>One classifier an output: a label each, and a list of probabilities where all of them give any.</summary>
/// <remarks>What rows look like is the classifiers' matter. Source: sklearn.multioutput, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class MultiOutputClassifier : MetaClassifier
{
    public MultiOutputClassifier(EstimatorState state)
        : this(state, EstimatorGroup.Read(state, "estimators_"))
    {
    }

    private MultiOutputClassifier(EstimatorState state, EstimatorGroup group)
        : base(state, group, [.. group.Members.Select(member => LabelsOf(state, member))])
    {
        HasProbabilities = group.Members.All(member => member.Has(Method.PredictProba));
        for (var i = 0; HasProbabilities && i < group.Members.Count; i++)
        {
            var width = group.Members[i].Shape(Method.PredictProba, null).Width;
            if (width != ClassesPerOutput[i].Count)
            {
                throw state.Fail($"its estimator {i} gives {width} probabilities for {ClassesPerOutput[i].Count} classes");
            }
        }
    }

    protected override bool HasProbabilities { get; }

    // A single output keeps its dimension, other than with classifiers that know several outputs themselves.
    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.Predict
        ? OutputShape.LabelPerOutput(ClassesPerOutput)
        : OutputShape.List([.. ClassesPerOutput.Select(labels => OutputShape.Numbers(labels.Count))]);

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        for (var i = 0; i < Group.Members.Count; i++)
        {
            Group.Members[i].Run(Method.Predict, input, output.Slice(i, 1));
        }
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        var start = 0;
        for (var i = 0; i < Group.Members.Count; i++)
        {
            Group.Members[i].Run(Method.PredictProba, input, output.Slice(start, ClassesPerOutput[i].Count));
            start += ClassesPerOutput[i].Count;
        }
    }

    private static LabelSet LabelsOf(EstimatorState state, Estimator member) =>
        member.Has(Method.Predict) && member.Shape(Method.Predict, null) is { Kind: PredictionKind.Label, Width: 1 } shape
            ? shape.Labels[0]
            : throw state.Fail($"an estimator inside ({member.Name}) does not predict one label per row");
}
