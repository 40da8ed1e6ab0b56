namespace Flama.Sklearn.Multiclass;

/// <summary>What stands for a binary classifier where all of training had the same label: that label (0 or 1) whatever the row.</summary>
/// <remarks>Takes any cells. Source: sklearn.multiclass, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal sealed class ConstantPredictor : Estimator
{
    private static readonly Method[] All = [Method.Predict, Method.PredictProba, Method.DecisionFunction];

    private readonly double label;

    public ConstantPredictor(EstimatorState state)
        : base(state)
    {
        label = state.Broadcast("y_", 1)[0];
        FeatureCount = null;
    }

    public override IReadOnlyList<Method> Methods => All;

    public override InputRule Input => InputRule.Anything;

    public override bool TakesSparse => true;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method switch
    {
        Method.PredictProba => OutputShape.Numbers(2),
        Method.Predict => OutputShape.Integer,
        _ => OutputShape.Number,
    };

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            output[row, 0] = method == Method.PredictProba ? 1 - label : label;
            if (method == Method.PredictProba)
            {
                output[row, 1] = label;
            }
        }
    }
}
