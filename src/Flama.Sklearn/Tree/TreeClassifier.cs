namespace Flama.Sklearn.Tree;

/// <summary>A classifier whose probabilities are the mean of its trees' leaf fractions: a single tree or a forest.</summary>
/// <remarks><c>apply</c> gives the number of the leaf in each tree.</remarks>
internal abstract class TreeClassifier : Classifier
{
    private readonly TreeOutputs outputs;
    private readonly TreeModel model;

    /// <summary>Takes the trees over.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="read">Reads the trees that belong to it.</param>
    protected TreeClassifier(EstimatorState state, Func<EstimatorState, int, TreeModel> read)
        : base(state, state.LabelsPerOutput("classes_"))
    {
        var features = FeatureCount ?? throw state.Fail("it does not say how many features it takes");
        outputs = new TreeOutputs([.. ClassesPerOutput.Select(labels => labels.Count)]);
        model = read(state, features);
        Methods = [.. base.Methods, Method.Apply];
        if (model.Trees.Width != outputs.PaddedWidth)
        {
            throw state.Fail($"its leaves have {model.Trees.Width} values, expected {outputs.PaddedWidth} for its classes");
        }
    }

    public override IReadOnlyList<Method> Methods { get; }

    public override InputRule Input => model.Input;

    public override bool TakesSparse => true;

    protected override bool HasProbabilities => true;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.Apply ? model.Leaves : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Apply)
        {
            model.Trees.Apply(input, output);
            return;
        }

        base.Compute(method, input, output);
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        if (outputs.IsTight)
        {
            model.Average(input, output);
            return;
        }

        using var scratch = new Scratch(input.Rows * outputs.PaddedWidth);
        var padded = new OutputSlice(scratch.Span, outputs.PaddedWidth);
        model.Average(input, padded);
        for (var row = 0; row < input.Rows; row++)
        {
            outputs.Compact(padded.Row(row), output.Row(row));
        }
    }
}
