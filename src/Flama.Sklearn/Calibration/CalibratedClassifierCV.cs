namespace Flama.Sklearn.Calibration;

/// <summary>Calibrated probabilities: the mean of those of all its classifiers; the class is that of the first largest.</summary>
/// <remarks>
/// The methods are 'sigmoid', 'isotonic' and, since 1.8, 'temperature'. What rows look like is the classifiers' matter.
/// Source: sklearn.calibration, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class CalibratedClassifierCV : MetaClassifier
{
    private readonly CalibratedMember[] members;

    public CalibratedClassifierCV(EstimatorState state)
        : this(state, state.Labels("classes_"))
    {
    }

    private CalibratedClassifierCV(EstimatorState state, LabelSet classes)
        : this(state, classes, [.. state.List("calibrated_classifiers_").Select((item, i) =>
            new CalibratedMember(state.Part(item, $"calibrated_classifiers_[{i}]"), classes))])
    {
    }

    private CalibratedClassifierCV(EstimatorState state, LabelSet classes, CalibratedMember[] members)
        : base(state, new EstimatorGroup(state, members.Select(member => member.Estimator)), classes)
    {
        this.members = members;
    }

    public override bool IsRowwise => base.IsRowwise && Array.TrueForAll(members, member => member.IsRowwise);

    protected override bool HasProbabilities => true;

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * Classes.Count);
        var probabilities = new OutputSlice(scratch.Span, Classes.Count);
        for (var i = 0; i < members.Length; i++)
        {
            members[i].Predict(input, probabilities);
            for (var row = 0; row < input.Rows; row++)
            {
                Add(output.Row(row), probabilities.Row(row), i == 0, i == members.Length - 1);
            }
        }
    }

    private void Add(Span<double> total, ReadOnlySpan<double> values, bool isFirst, bool isLast)
    {
        for (var i = 0; i < total.Length; i++)
        {
            var sum = isFirst ? values[i] : total[i] + values[i];
            total[i] = isLast ? sum / members.Length : sum;
        }
    }
}
