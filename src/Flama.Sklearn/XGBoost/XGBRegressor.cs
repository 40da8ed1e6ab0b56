using Flama.Boosters.XGBoost;

namespace Flama.Sklearn.XGBoost;

/// <summary>Gradient boosting by XGBoost for numbers and for ranks; also a <c>Booster</c> by itself, which gives probabilities where it was trained for classes.</summary>
/// <remarks>
/// The objective's function of the sum of base score and trees, in float32. Wrappers have <c>apply</c>, the leaves of all trees. Missing values go where
/// training sent them. Source: xgboost.sklearn and xgboost.core, checked against 1.7.4.
/// </remarks>
internal sealed class XGBRegressor : Regressor, INativeModel
{
    private static readonly Method[] WithLeaves = [Method.Predict, Method.Apply];

    private readonly XGBoostInput booster;
    private readonly bool hasLeaves;

    private XGBRegressor(EstimatorState state, XGBoostInput booster, bool hasLeaves)
        : base(state)
    {
        this.booster = booster;
        this.hasLeaves = hasLeaves;
        FeatureCount = booster.Model.Features;
        FeatureNames = booster.Model.FeatureNames;
    }

    /// <summary>A wrapper: XGBRegressor, XGBRFRegressor, XGBRanker, XGBModel.</summary>
    public static XGBRegressor OfWrapper(EstimatorState state)
    {
        var input = XGBoostInput.OfWrapper(state, out _);
        return new(state, input, input.Model.Trees > 0);
    }

    /// <summary>A <c>Booster</c>.</summary>
    public static XGBRegressor OfBooster(EstimatorState state) => new(state, XGBoostInput.OfBooster(state), hasLeaves: false);

    public string Framework => "xgboost";

    public string FrameworkVersion => booster.Model.Version;

    public override IReadOnlyList<Method> Methods => hasLeaves ? WithLeaves : base.Methods;

    public override InputRule Input => booster.Input;

    public override bool TakesSparse => true;

    public override InputRule InputOf(Method method) => booster.InputOf(method);

    protected override int? Outputs => booster.Model.Width == 1 || booster.Model.Objective.Link == XGBoostLink.LargestClass ? null : booster.Model.Width;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.Apply ? XGBClassifier.LeafShape(booster.Model) : base.Shape(method, input);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => booster.Describe(columns);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Apply && hasLeaves)
        {
            booster.FindLeaves(this, input, output);
            return;
        }

        base.Compute(method, input, output);
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        var width = booster.Model.Width;
        var buffer = BufferPool<float>.Rent(input.Rows * width);
        var predictions = buffer.AsSpan(0, input.Rows * width);
        booster.Predict(this, input, predictions);
        for (var row = 0; row < input.Rows; row++)
        {
            var of = predictions.Slice(row * width, width);
            if (booster.Model.Objective.Link == XGBoostLink.LargestClass)
            {
                output[row, 0] = XGBoostInput.Largest(of);
                continue;
            }

            for (var i = 0; i < of.Length; i++)
            {
                output[row, i] = of[i];
            }
        }

        BufferPool<float>.Return(buffer);
    }
}
