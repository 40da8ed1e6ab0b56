using Flama.Boosters.XGBoost;
using Flama.Sklearn.Boosters;

namespace Flama.Sklearn.XGBoost;

/// <summary>The estimators of <c>xgboost</c> as pickles have them.</summary>
internal static class XGBoostModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("Booster", OfBooster, "xgboost.core"),
        new("XGBClassifier", OfClassifier, "xgboost.sklearn"),
        new("XGBModel", OfWrapper, "xgboost.sklearn"),
        new("XGBRFClassifier", OfClassifier, "xgboost.sklearn"),
        new("XGBRFRegressor", OfWrapper, "xgboost.sklearn"),
        new("XGBRanker", OfWrapper, "xgboost.sklearn"),
        new("XGBRegressor", OfWrapper, "xgboost.sklearn"),
    ];

    private static BoosterRegressor OfBooster(EstimatorState state) => new(state, XGBoostPredictor.OfBooster(ReaderOf(state, state)));

    private static BoosterRegressor OfWrapper(EstimatorState state) => new(state, Read(state, null));

    // Until 1.5 any labels, encoded.
    private static BoosterClassifier OfClassifier(EstimatorState state) =>
        new(state, Read(state, state.Value("_le") is { } encoder ? state.Part(encoder, "_le").Labels("classes_") : null));

    private static XGBoostPredictor Read(EstimatorState state, LabelSet? labels)
    {
        var booster = state.Part(state.Required("_Booster"), "_Booster");
        XGBoostWrapper wrapper = new(state.ClassName)
        {
            Classes = state.OptionalInteger("n_classes_"),
            Labels = labels,
            BestIteration = state.OptionalInteger("best_iteration") ?? booster.OptionalInteger("best_iteration"),
            Missing = (float)state.Number("missing", double.NaN),
        };
        return XGBoostPredictor.OfWrapper(ReaderOf(booster, state), wrapper, state.BoosterErrors);
    }

    private static XGBoostModelReader ReaderOf(EstimatorState booster, EstimatorState wrapper) => new(
        booster.BoosterErrors,
        BoosterDocument.Read(booster.Required("handle") as byte[]
            ?? throw booster.Fail($"its attribute 'handle' is {PythonType.NameOf(booster.Value("handle"))}, expected bytes")))
    {
        ParallelTrees = ParallelTrees(booster) ?? ParallelTrees(wrapper),
        OutsideNames = EstimatorState.ItemsOf(booster.Value("feature_names")) is { } names && names.All(name => name is string) ? [.. names.Cast<string>()] : null,
    };

    // 'best_ntree_limit' counts the trees of the rounds up to the best one.
    private static int? ParallelTrees(EstimatorState state) =>
        state.OptionalInteger("best_ntree_limit") is { } trees && state.OptionalInteger("best_iteration") is { } best and < int.MaxValue ? trees / (best + 1) : null;
}
