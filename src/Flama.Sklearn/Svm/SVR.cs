namespace Flama.Sklearn.Svm;

/// <summary>Support vector regression by libsvm: Σ dual coefficient · kernel + intercept.</summary>
/// <remarks>
/// Missing values are refused, strings are read as numbers. Source: sklearn.svm._classes (SVR, NuSVR) and libsvm, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class SVR : Regressor
{
    private readonly SupportSum sum;

    public SVR(EstimatorState state)
        : base(state)
    {
        sum = new SupportSum(state, FeatureCount);
        FeatureCount ??= sum.Columns;
    }

    public override InputRule Input => InputRule.Floats;

    public override bool TakesSparse => sum.IsSparse;

    protected override void Predict(FeatureBatch input, OutputSlice output) => sum.Evaluate(input, output);
}
