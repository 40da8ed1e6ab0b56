namespace Flama.Processing;

/// <summary>Adds the processing of images and texts to a table of engines.</summary>
public static class ProcessingEngineExtensions
{
    /// <summary>Adds it over all engines of the table, those that are added later too: <c>services.AddFlama(flama => flama.Engines.AddOnnx().AddProcessing())</c>.</summary>
    /// <param name="engines">The table.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <returns>The same table.</returns>
    public static ModelEngines AddProcessing(this ModelEngines engines, ProcessingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return engines.AddFirst(new ProcessingEngine(() => engines.Engines, options ?? ProcessingOptions.Default));
    }
}
