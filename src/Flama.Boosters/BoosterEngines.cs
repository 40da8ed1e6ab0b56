using Flama.Boosters.CatBoost;
using Flama.Boosters.LightGbm;
using Flama.Boosters.XGBoost;

namespace Flama.Boosters;

/// <summary>Adds the engines of boosters to a table of engines.</summary>
public static class BoosterEngines
{
    /// <summary>Adds the engines of XGBoost's, LightGBM's and CatBoost's own files.</summary>
    /// <param name="engines">The table.</param>
    /// <returns>The same table.</returns>
    /// <exception cref="ArgumentException">One of them is already there.</exception>
    public static ModelEngines AddBoosters(this ModelEngines engines)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return engines.Add(new XGBoostEngine()).Add(new LightGbmEngine()).Add(new CatBoostEngine());
    }
}
