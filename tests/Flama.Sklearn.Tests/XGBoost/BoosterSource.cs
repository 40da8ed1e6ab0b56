using System.Text;

namespace Flama.Sklearn.Tests.XGBoost;

/// <summary>Makes estimators of boosters' documents.</summary>
internal static class BoosterSource
{
    /// <summary>The estimator of a <c>Booster</c>.</summary>
    public static Estimator Booster(string document) =>
        Pickled.Build(Pickled.Estimator("xgboost.core", "Booster", ("handle", Encoding.UTF8.GetBytes(document))));
}
