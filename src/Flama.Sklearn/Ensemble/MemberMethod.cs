namespace Flama.Sklearn.Ensemble;

/// <summary>One method of an estimator inside of an ensemble, its answers as numbers: labels become their values.</summary>
/// <remarks>Ensembles train their members with labels that are numbered from 0, so a label's value is its position among the ensemble's.</remarks>
internal sealed class MemberMethod
{
    private readonly Method method;
    private readonly IReadOnlyList<LabelSet> labels;

    /// <summary>Makes the pair.</summary>
    /// <param name="state">The ensemble's attributes, for messages.</param>
    /// <param name="estimator">The member.</param>
    /// <param name="method">The method.</param>
    public MemberMethod(EstimatorState state, Estimator estimator, Method method)
    {
        if (!estimator.Has(method))
        {
            throw state.Fail($"an estimator inside ({estimator.Name}) has no method '{MethodNames.NameOf(method)}'");
        }

        Estimator = estimator;
        this.method = method;
        Shape = estimator.Shape(method, null);
        labels = Shape.Kind == PredictionKind.Label ? Shape.Labels : [];
        if (labels.Any(set => set.Labels.Any(label => !label.IsNumber)))
        {
            throw state.Fail($"an estimator inside ({estimator.Name}) predicts labels that are no numbers");
        }
    }

    /// <summary>The member.</summary>
    public Estimator Estimator { get; }

    /// <summary>Whether the numbers are float32 in Python.</summary>
    public bool GivesFloat32 => labels.Count == 0 && Estimator.GivesFloat32(method);

    /// <summary>What the method answers.</summary>
    public OutputShape Shape { get; }

    /// <summary>How many numbers a row gets.</summary>
    public int Width => Shape.Width;

    /// <summary>The labels of a method that predicts one.</summary>
    public LabelSet Labels => labels[0];

    /// <summary>Checks the width of the answer.</summary>
    /// <param name="state">The ensemble's attributes.</param>
    /// <param name="width">How many numbers it should be.</param>
    /// <returns>The same object.</returns>
    public MemberMethod WithWidth(EstimatorState state, int width) => Width == width && Shape.Parts.Count == 0
        ? this
        : throw state.Fail($"{MethodNames.NameOf(method)} of an estimator inside ({Estimator.Name}) gives {Width} values per row, expected {width}");

    /// <summary>Checks that predictions are among so many numbered labels.</summary>
    /// <param name="state">The ensemble's attributes.</param>
    /// <param name="classes">How many labels there are.</param>
    /// <returns>The same object.</returns>
    public MemberMethod WithClasses(EstimatorState state, int classes) =>
        Width == 1 && labels.Count == 1 && labels[0].Labels.All(label => label.Number >= 0 && label.Number < classes && label.Number == Math.Floor(label.Number))
            ? this
            : throw state.Fail($"an estimator inside ({Estimator.Name}) predicts other labels than 0 to {classes - 1}");

    /// <summary>The labels of a method that predicts one, whatever they are.</summary>
    public static LabelSet LabelsOf(EstimatorState state, Estimator estimator) =>
        estimator.Has(Method.Predict) && estimator.Shape(Method.Predict, null) is { Kind: PredictionKind.Label, Width: 1 } shape
            ? shape.Labels[0]
            : throw state.Fail($"an estimator inside ({estimator.Name}) predicts no label");

    /// <summary>Computes the numbers.</summary>
    public void Run(FeatureBatch input, OutputSlice output)
    {
        Estimator.Run(method, input, output);
        if (labels.Count == 0)
        {
            return;
        }

        for (var row = 0; row < output.Rows; row++)
        {
            var values = output.Row(row);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = labels[labels.Count == 1 ? 0 : i][(int)values[i]].Number;
            }
        }
    }
}
