using Flama.Pickle;
using Flama.Pickle.Numpy;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Dummy;

/// <summary>
/// A classifier that does not look at the features: always the most frequent class, the class frequencies, or a constant; labels drawn from all classes alike ('uniform') or
/// by their frequencies ('stratified'); one answer per output.
/// </summary>
/// <remarks>
/// Draws are Python's where <c>random_state</c> is an int; without, Python's own answers differ from call to call: what draws is left out then, and 'stratified' refused, which
/// draws for everything. Takes any number of columns and any cells. Source: sklearn.dummy, checked against 0.23.2, 1.1.3 to 1.9.1; draws against 1.2.1 and 1.8.0.
/// </remarks>
internal sealed class DummyClassifier : Classifier
{
    private readonly double[] probabilities;
    private readonly double[] labels;
    private readonly bool isUniform;
    private readonly bool isStratified;
    private readonly uint? seed;

    public DummyClassifier(EstimatorState state)
        : base(state, state.LabelsPerOutput("classes_"))
    {
        FeatureCount = null;
        FeatureNames = null;
        var strategy = state.Text("strategy");
        isUniform = strategy == "uniform";
        isStratified = strategy == "stratified";
        seed = LegacyRandom.SeedOf(state);
        double[][] outputs = strategy switch
        {
            "prior" => PriorsOf(state),
            "most_frequent" => [.. PriorsOf(state).Select(prior => OneHot(prior.Length, ArgMax(prior)))],
            "constant" => [.. ConstantsOf(state).Select((label, i) => OneHot(ClassesPerOutput[i].Count, PositionOf(state, i, label)))],
            "uniform" => [.. ClassesPerOutput.Select(classes => Equal(classes.Count))],
            "stratified" when seed is not null => PriorsOf(state),
            _ => throw state.Unsupported($"strategy='{strategy}' (random answers)", "With an int as random_state its answers can be repeated."),
        };
        probabilities = [.. outputs.SelectMany(output => output)];
        labels = [.. outputs.Select(output => (double)ArgMax(output))];
        Methods = isUniform && seed is null ? [.. base.Methods.Where(method => method != Method.Predict)] : base.Methods;
    }

    public override IReadOnlyList<Method> Methods { get; }

    public override InputRule Input => InputRule.Anything;

    public override bool TakesSparse => true;

    public override bool IsRowwise => !isUniform && !isStratified;

    protected override bool HasProbabilities => true;

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        if (isStratified)
        {
            DrawPositions(output);
            return;
        }

        for (var row = 0; row < output.Rows; row++)
        {
            probabilities.CopyTo(output.Row(row));
        }
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        if (isStratified)
        {
            base.Predict(input, output);
            return;
        }

        if (isUniform)
        {
            var random = new LegacyRandom(seed ?? throw NoSuchMethod(Method.Predict));
            for (var column = 0; column < output.Columns; column++)
            {
                for (var row = 0; row < output.Rows; row++)
                {
                    output[row, column] = random.Integer(ClassesPerOutput[column].Count);
                }
            }

            return;
        }

        for (var row = 0; row < output.Rows; row++)
        {
            labels.CopyTo(output.Row(row));
        }
    }

    // numpy draws for all rows of an output before it comes to the next.
    private void DrawPositions(OutputSlice output)
    {
        var random = new LegacyRandom(seed ?? throw NoSuchMethod(Method.PredictProba));
        var start = 0;
        foreach (var classes in ClassesPerOutput)
        {
            for (var row = 0; row < output.Rows; row++)
            {
                var values = output.Row(row).Slice(start, classes.Count);
                values.Clear();
                values[random.Position(probabilities.AsSpan(start, classes.Count))] = 1;
            }

            start += classes.Count;
        }
    }

    private static double[] Equal(int length)
    {
        var values = new double[length];
        values.AsSpan().Fill(1.0 / length);
        return values;
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
