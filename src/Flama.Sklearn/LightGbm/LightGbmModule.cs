namespace Flama.Sklearn.LightGbm;

/// <summary>The estimators of <c>lightgbm</c>.</summary>
internal static class LightGbmModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("Booster", LGBMRegressor.OfBooster, "lightgbm.basic"),
        new("LGBMClassifier", LGBMClassifier.Create, "lightgbm.sklearn"),
        new("LGBMModel", LGBMRegressor.OfWrapper, "lightgbm.sklearn"),
        new("LGBMRanker", LGBMRegressor.OfWrapper, "lightgbm.sklearn"),
        new("LGBMRegressor", LGBMRegressor.OfWrapper, "lightgbm.sklearn"),
    ];
}
