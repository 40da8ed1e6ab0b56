namespace Flama.Sklearn.XGBoost;

/// <summary>The estimators of <c>xgboost</c>.</summary>
internal static class XGBoostModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("Booster", XGBRegressor.OfBooster, "xgboost.core"),
        new("XGBClassifier", XGBClassifier.Create, "xgboost.sklearn"),
        new("XGBModel", XGBRegressor.OfWrapper, "xgboost.sklearn"),
        new("XGBRFClassifier", XGBClassifier.Create, "xgboost.sklearn"),
        new("XGBRFRegressor", XGBRegressor.OfWrapper, "xgboost.sklearn"),
        new("XGBRanker", XGBRegressor.OfWrapper, "xgboost.sklearn"),
        new("XGBRegressor", XGBRegressor.OfWrapper, "xgboost.sklearn"),
    ];
}
