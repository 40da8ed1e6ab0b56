namespace Flama.Sklearn.LightGbm;

/// <summary>Gradient boosting by LightGBM for numbers and for ranks; also a <c>Booster</c> by itself, which gives probabilities where it was trained for classes.</summary>
/// <remarks>
/// The objective's function of the sum, or in a random forest the mean, of the trees. Missing values go where each split says. Source: lightgbm.sklearn and
/// lightgbm.basic, by their description.
/// </remarks>
internal sealed class LGBMRegressor : Regressor, INativeModel
{
    private readonly LightGbmInput booster;

    private LGBMRegressor(EstimatorState state, LightGbmInput booster)
        : base(state)
    {
        this.booster = booster;
        FeatureCount = booster.Model.Features;
        FeatureNames = booster.Model.FeatureNames;
    }

    public string Framework => "lightgbm";

    public string FrameworkVersion => booster.Model.Version;

    public override InputRule Input => booster.Input;

    public override bool TakesSparse => !booster.Model.IsLinear;

    protected override int? Outputs => booster.Model.Width == 1 ? null : booster.Model.Width;

    /// <summary>A wrapper: LGBMRegressor, LGBMRanker, LGBMModel.</summary>
    public static LGBMRegressor OfWrapper(EstimatorState state) => new(state, LightGbmInput.OfWrapper(state));

    /// <summary>A <c>Booster</c>.</summary>
    public static LGBMRegressor OfBooster(EstimatorState state) => new(state, LightGbmInput.OfBooster(state));

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => booster.Describe(columns);

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        var width = booster.Model.Width;
        using var scratch = new Scratch(input.Rows * width);
        var predictions = new OutputSlice(scratch.Span, width);
        booster.Predict(this, input, predictions);
        for (var row = 0; row < predictions.Rows; row++)
        {
            predictions.Row(row).CopyTo(output.Row(row));
        }
    }
}
