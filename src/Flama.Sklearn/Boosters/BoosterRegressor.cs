using Flama.Boosters;

namespace Flama.Sklearn.Boosters;

/// <summary>Gradient boosting for numbers or ranks by a library of its own, as its pickled wrapper or <c>Booster</c> answers.</summary>
/// <remarks>What is computed, and against which versions it was checked, is told by <see cref="Flama.Boosters"/>.</remarks>
internal sealed class BoosterRegressor : Regressor, INativeModel
{
    private readonly BoosterPredictor booster;

    /// <summary>Takes the booster.</summary>
    public BoosterRegressor(EstimatorState state, BoosterPredictor booster)
        : base(state)
    {
        this.booster = booster;
        FeatureCount = booster.Features;
        FeatureNames = booster.FeatureNames;
        Methods = BoosterEstimator.MethodsOf(booster);
    }

    public string Framework => booster.Framework;

    public string FrameworkVersion => booster.FrameworkVersion;

    public override IReadOnlyList<Method> Methods { get; }

    public override InputRule Input => booster.Answers[0].Input;

    public override bool TakesSparse => booster.TakesSparse;

    public override bool GivesFloat32(Method method) => booster.GivesFloat32;

    public override InputRule InputOf(Method method) => BoosterEstimator.InputOf(booster, method);

    public override OutputShape Shape(Method method, FeatureBatch? input) => BoosterEstimator.ShapeOf(booster, method);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => BoosterEstimator.Describe(booster, columns);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output) => booster.Compute(MethodNames.NameOf(method), input, output);

    protected override void Predict(FeatureBatch input, OutputSlice output) => booster.Compute(BoosterMethods.Predict, input, output);
}
