using Flama.Boosters;
using Flama.Boosters.LightGbm;

namespace Flama.Sklearn.LightGbm;

/// <summary>What the estimators of <c>lightgbm</c> share: the model, rows in, predictions out.</summary>
/// <remarks>
/// Missing and infinite values may come in. A string in a column of categories that pandas named is read as its number, an unknown one as missing.
/// </remarks>
internal sealed class LightGbmInput
{
    private static readonly InputRule AnyNumber = new(TakesMissing: true, TakesInfinity: true, ParsesText: false);

    private readonly CategoryCodes? codes;

    private LightGbmInput(LightGbmModel model)
    {
        Model = model;
        codes = model.Categories is null ? null : new CategoryCodes(model.Categories, unknownIsMissing: true);
    }

    public LightGbmModel Model { get; }

    /// <summary>What cells it takes.</summary>
    public InputRule Input => codes is null ? AnyNumber : InputRule.Anything;

    /// <summary>Reads the booster of a wrapper.</summary>
    public static LightGbmInput OfWrapper(EstimatorState state) => OfBooster(state.Part(state.Required("_Booster"), "_Booster"));

    /// <summary>Reads a booster; the round that early stopping found best is the last that counts.</summary>
    public static LightGbmInput OfBooster(EstimatorState state)
    {
        var text = state.Text(state.FirstOf("_handle", "handle"));
        return new(new(state.BoosterErrors, text, state.OptionalInteger("best_iteration") is > 0 and var best ? best : null));
    }

    /// <summary>Says what each input column is used for.</summary>
    public void Describe(ReadOnlySpan<FeatureBuilder> columns)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (codes?.Describe(i) is { } categories)
            {
                columns[i].UseAsIs(takesMissing: true);
                columns[i].Learn(categories.TrainedOn);
                columns[i].OfferExample(categories.Example!.Value);
                continue;
            }

            columns[i].UseAsNumber(parsesText: false, takesMissing: true, takesInfinity: true);
            columns[i].OfferExample(Scalar.Of(Model.Examples[i]));
        }
    }

    /// <summary>Computes the raw scores, <see cref="LightGbmModel.Width"/> a row.</summary>
    public void Score(Estimator owner, FeatureBatch rows, OutputSlice output)
    {
        using var encoded = codes?.Encode(owner, rows);
        Model.Score(encoded ?? rows, output);
    }

    /// <summary>Computes the predictions, <see cref="LightGbmModel.Width"/> a row.</summary>
    public void Predict(Estimator owner, FeatureBatch rows, OutputSlice output)
    {
        using var encoded = codes?.Encode(owner, rows);
        Model.Predict(encoded ?? rows, output);
    }
}
