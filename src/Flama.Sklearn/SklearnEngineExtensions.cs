namespace Flama.Sklearn;

/// <summary>Adds the scikit-learn engine to a table of engines.</summary>
public static class SklearnEngineExtensions
{
    /// <summary>Adds the scikit-learn engine.</summary>
    /// <param name="engines">The table.</param>
    /// <returns>The same table.</returns>
    /// <exception cref="ArgumentException">The engine is already there.</exception>
    public static ModelEngines AddSklearn(this ModelEngines engines)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return engines.Add(new SklearnEngine());
    }
}
