using Flama.Onnx;

namespace Flama.Keras;

/// <summary>Adds the engine of Keras and TensorFlow models to a table of engines.</summary>
public static class KerasEngineExtensions
{
    /// <summary>Adds the engine: <c>services.AddFlama(flama => flama.Engines.AddKeras())</c>.</summary>
    /// <param name="engines">The table.</param>
    /// <param name="options">How the graphs are run; null for the defaults.</param>
    /// <returns>The same table.</returns>
    public static ModelEngines AddKeras(this ModelEngines engines, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return engines.Add(new KerasEngine(options));
    }
}
