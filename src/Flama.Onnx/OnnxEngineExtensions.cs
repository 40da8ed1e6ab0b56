namespace Flama.Onnx;

/// <summary>Adds the engine of ONNX models to a table of engines.</summary>
public static class OnnxEngineExtensions
{
    /// <summary>Adds the engine: <c>services.AddFlama(flama => flama.Engines.AddOnnx())</c>.</summary>
    /// <param name="engines">The table.</param>
    /// <param name="options">How models are loaded and run; null for the defaults.</param>
    /// <returns>The same table.</returns>
    public static ModelEngines AddOnnx(this ModelEngines engines, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return engines.Add(new OnnxEngine(options));
    }
}
