using Flama.Pickle;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Dummy;

/// <summary>A classifier that does not look at the features: always the most frequent class, the class frequencies, or a constant; one answer an output.</summary>
/// <remarks>
/// The strategies 'stratified' and 'uniform' draw at random, so that Python's own answers differ from call to call; they are refused.
/// Takes any number of columns and any cells. Source: sklearn.dummy, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class DummyClassifier : Classifier
{
    private readonly double[] probabilities;
    private readonly double[] labels;

    public DummyClassifier(EstimatorState state)
        : base(state, state.LabelsPerOutput("classes_"))
    {
        FeatureCount = null;
        FeatureNames = null;
        var strategy = state.Text("strategy");
        double[][] outputs = strategy switch
        {
            "prior" => PriorsOf(state),
            "most_frequent" => [.. PriorsOf(state).Select(prior => OneHot(prior.Length, ArgMax(prior)))],
            "constant" => [.. ConstantsOf(state).Select((label, i) => OneHot(ClassesPerOutput[i].Count, PositionOf(state, i, label)))],
            _ => throw state.Unsupported($"strategy='{strategy}' (random answers)"),
        };
        probabilities = [.. outputs.SelectMany(output => output)];
        labels = [.. outputs.Select(output => (double)ArgMax(output))];
    }

    public override InputRule Input => InputRule.Anything;

    public override bool TakesSparse => true;

    protected override bool HasProbabilities => true;

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            probabilities.CopyTo(output.Row(row));
        }
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            labels.CopyTo(output.Row(row));
        }
    }

    private static double[] OneHot(int length, int position)
    {
        var values = new double[length];
        values[position] = 1;
        return values;
    }

    private double[][] PriorsOf(EstimatorState state)
    {
        var priors = ClassesPerOutput.Count > 1 ? state.Vectors("class_prior_") : [state.Vector("class_prior_")];
        if (priors.Length != ClassesPerOutput.Count || priors.Where((prior, i) => prior.Length != ClassesPerOutput[i].Count).Any())
        {
            throw state.Fail("its attribute 'class_prior_' does not fit its classes");
        }

        return priors;
    }

    private Scalar[] ConstantsOf(EstimatorState state)
    {
        var value = state.Value("_strategy_constant") ?? state.Required("constant");
        var constants = value is NdArray or List<object?> or PickleTuple ? state.AsScalars(Flat(value), "constant") : [state.AsScalar(value, "constant")];
        return constants.Length == ClassesPerOutput.Count
            ? constants
            : throw state.Fail($"it has {constants.Length} constants for {ClassesPerOutput.Count} outputs");
    }

    private static object Flat(object value) => value is NdArray { Shape.Count: > 1 } array ? array.ToObjects().ToList() : value;

    private int PositionOf(EstimatorState state, int output, Scalar label)
    {
        var position = LabelPositions.Find(ClassesPerOutput[output], label);
        return position >= 0 ? position : throw state.Fail($"its constant {label} is not among its classes");
    }
}
