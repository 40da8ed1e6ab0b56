namespace Flama.Sklearn.XGBoost;

/// <summary>The estimators of <c>xgboost</c>.</summary>
internal static class XGBoostModule
{
    public static readonly EstimatorEntry[] Entries = [];
}
