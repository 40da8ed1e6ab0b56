namespace Flama.Sklearn.Dummy;

/// <summary>A classifier that does not look at the features: always the most frequent class, the class frequencies, or a constant.</summary>
/// <remarks>
/// The strategies 'stratified' and 'uniform' draw at random, so that Python's own answers differ from call to call; they are refused.
/// Takes any number of columns and any cells. Source: sklearn.dummy, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class DummyClassifier : Classifier
{
    private readonly double[] probabilities;

    public DummyClassifier(EstimatorState state)
        : base(state, state.Labels("classes_"))
    {
        FeatureCount = null;
        var strategy = state.Text("strategy");
        probabilities = strategy switch
        {
            "prior" => state.Vector("class_prior_", Classes.Count),
            "most_frequent" => OneHot(ArgMax(state.Vector("class_prior_", Classes.Count))),
            "constant" => OneHot(PositionOf(state, ConstantOf(state))),
            _ => throw state.Unsupported($"strategy='{strategy}' (random answers)"),
        };
    }

    public override InputRule Input => InputRule.Anything;

    protected override bool HasProbabilities => true;

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            probabilities.CopyTo(output.Row(row));
        }
    }

    private static Scalar ConstantOf(EstimatorState state)
    {
        var values = EstimatorState.ItemsOf(state.Value("_strategy_constant")) is { Count: 1 } items ? items[0] : state.Required("constant");
        return state.AsScalar(values, "constant");
    }

    private int PositionOf(EstimatorState state, Scalar label)
    {
        for (var i = 0; i < Classes.Count; i++)
        {
            if (Classes[i] == label || (Classes[i].IsNumber && label.IsNumber && Classes[i].Number == label.Number))
            {
                return i;
            }
        }

        throw state.Fail($"its constant {label} is not among its classes");
    }

    private double[] OneHot(int position)
    {
        var values = new double[Classes.Count];
        values[position] = 1;
        return values;
    }
}
