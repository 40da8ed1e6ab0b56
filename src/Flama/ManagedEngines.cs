using Flama.Boosters;
using Flama.Sklearn;

namespace Flama;

/// <summary>Adds the engines that this package brings.</summary>
public static class ManagedEngines
{
    /// <summary>Adds the engines of scikit-learn, XGBoost, LightGBM and CatBoost models.</summary>
    /// <returns>The same table.</returns>
    public static ModelEngines AddManaged(this ModelEngines engines)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return engines.AddSklearn().AddBoosters();
    }
}
