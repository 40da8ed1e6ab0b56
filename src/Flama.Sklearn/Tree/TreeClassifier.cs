using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tree;

/// <summary>A classifier whose probabilities are the mean of its trees' leaf fractions: a single tree or a forest.</summary>
internal abstract class TreeClassifier : Classifier
{
    private readonly TreeOutputs outputs;
    private readonly InputRule input;

    /// <summary>Takes the trees over.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="trees">Reads the trees that belong to it.</param>
    protected TreeClassifier(EstimatorState state, Func<EstimatorState, int, TreeReader> trees)
        : base(state, state.LabelsPerOutput("classes_"))
    {
        var features = FeatureCount ?? throw state.Fail("it does not say how many features it takes");
        outputs = new TreeOutputs([.. ClassesPerOutput.Select(labels => labels.Count)]);
        var reader = trees(state, features);
        Trees = reader.Build();
        input = TreeInput.RuleFor(reader);
        if (Trees.Width != outputs.PaddedWidth)
        {
            throw state.Fail($"its leaves have {Trees.Width} values, expected {outputs.PaddedWidth} for its classes");
        }
    }

    public override InputRule Input => input;

    /// <summary>The trees.</summary>
    protected TreeEnsemble Trees { get; }

    protected override bool HasProbabilities => true;

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        if (outputs.IsTight)
        {
            Average(input, output);
            return;
        }

        using var scratch = new Scratch(input.Rows * outputs.PaddedWidth);
        var padded = new OutputSlice(scratch.Span, outputs.PaddedWidth);
        Average(input, padded);
        for (var row = 0; row < input.Rows; row++)
        {
            outputs.Compact(padded.Row(row), output.Row(row));
        }
    }

    private void Average(FeatureBatch input, OutputSlice output)
    {
        TreeInput.Clear(output);
        Trees.Accumulate(input, output);
        if (Trees.Count > 1)
        {
            TreeInput.Divide(output, Trees.Count);
        }
    }
}
