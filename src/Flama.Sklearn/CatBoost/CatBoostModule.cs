using Flama.Boosters.CatBoost;
using Flama.Sklearn.Boosters;

namespace Flama.Sklearn.CatBoost;

/// <summary>The classes of <c>catboost</c> as pickles have them: parameters, and the model in its binary form.</summary>
internal static class CatBoostModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("CatBoost", OfNumbers, "catboost.core"),
        new("CatBoostClassifier", state => new BoosterClassifier(state, ModelOf(state)), "catboost.core"),
        new("CatBoostRanker", OfNumbers, "catboost.core"),
        new("CatBoostRegressor", OfNumbers, "catboost.core"),
    ];

    private static BoosterRegressor OfNumbers(EstimatorState state) => new(state, ModelOf(state));

    private static CatBoostPredictor ModelOf(EstimatorState state) => state.Required("__model") is byte[] file
        ? CatBoostPredictor.Read(file, state.ClassName, state.BoosterErrors)
        : throw state.Fail("its attribute '__model' is not a CatBoost model");
}
