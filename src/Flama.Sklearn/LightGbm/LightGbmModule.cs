using Flama.Boosters.LightGbm;
using Flama.Sklearn.Boosters;

namespace Flama.Sklearn.LightGbm;

/// <summary>The estimators of <c>lightgbm</c> as pickles have them.</summary>
internal static class LightGbmModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("Booster", state => new BoosterRegressor(state, LightGbmPredictor.OfBooster(ModelOf(state))), "lightgbm.basic"),
        new("LGBMClassifier", OfClassifier, "lightgbm.sklearn"),
        new("LGBMModel", OfWrapper, "lightgbm.sklearn"),
        new("LGBMRanker", OfWrapper, "lightgbm.sklearn"),
        new("LGBMRegressor", OfWrapper, "lightgbm.sklearn"),
    ];

    private static BoosterRegressor OfWrapper(EstimatorState state) => new(state, LightGbmPredictor.OfBooster(ModelOfWrapper(state), state.ClassName));

    private static BoosterClassifier OfClassifier(EstimatorState state)
    {
        if (state.Value("_objective") is not (string or null))
        {
            throw state.Unsupported("an objective function of the user's");
        }

        var model = ModelOfWrapper(state);
        var labels = state.Labels(state.FirstOf("_classes", "classes_"));
        return new(state, LightGbmPredictor.OfClassifier(model, state.ClassName, labels, state.BoosterErrors));
    }

    private static LightGbmModel ModelOfWrapper(EstimatorState state) => ModelOf(state.Part(state.Required("_Booster"), "_Booster"));

    // The round that early stopping found best is the last that counts.
    private static LightGbmModel ModelOf(EstimatorState state) => new(
        state.BoosterErrors,
        state.Text(state.FirstOf("_handle", "handle")),
        state.OptionalInteger("best_iteration") is > 0 and var best ? best : null);
}
