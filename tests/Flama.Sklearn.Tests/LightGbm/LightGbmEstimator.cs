namespace Flama.Sklearn.Tests.LightGbm;

/// <summary>Makes estimators of LightGBM's texts.</summary>
internal static class LightGbmEstimator
{
    /// <summary>The estimator of a <c>Booster</c>.</summary>
    public static Estimator Booster(string text) => Pickled.Build(Pickled.Estimator("lightgbm.basic", "Booster", ("_handle", text)));

    /// <summary>The estimator of a wrapper.</summary>
    public static Estimator Wrapper(string name, string text, params (string Name, object? Value)[] more) => Pickled.Build(Pickled.Estimator(
        "lightgbm.sklearn", name, [("_Booster", Pickled.Estimator("lightgbm.basic", "Booster", ("_handle", text), ("best_iteration", -1L))), .. more]));
}
