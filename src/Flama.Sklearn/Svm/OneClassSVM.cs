namespace Flama.Sklearn.Svm;

/// <summary>One-class support vector machine: decision Σ dual coefficient · kernel + intercept, inliers (1) above 0, outliers (−1) else; the score adds offset_.</summary>
/// <remarks>
/// Missing values are refused, strings are read as numbers. Source: sklearn.svm._classes and libsvm, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class OneClassSVM : Estimator
{
    private static readonly Method[] All = [Method.Predict, Method.DecisionFunction, Method.ScoreSamples];

    private readonly SupportSum sum;
    private readonly double offset;

    public OneClassSVM(EstimatorState state)
        : base(state)
    {
        sum = new SupportSum(state, FeatureCount);
        FeatureCount ??= sum.Columns;
        offset = state.Broadcast("offset_", 1)[0];
    }

    public override IReadOnlyList<Method> Methods => All;

    public override InputRule Input => InputRule.Floats;

    public override bool TakesSparse => sum.IsSparse;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.Predict ? OutputShape.Integer : OutputShape.Number;

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        sum.Evaluate(input, output);
        for (var row = 0; row < output.Rows; row++)
        {
            output[row, 0] = method switch
            {
                Method.Predict => output[row, 0] > 0 ? 1 : -1,
                Method.ScoreSamples => output[row, 0] + offset,
                _ => output[row, 0],
            };
        }
    }
}
