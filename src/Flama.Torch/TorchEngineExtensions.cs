using Flama.Onnx;

namespace Flama.Torch;

/// <summary>Adds the engine to tables of engines.</summary>
public static class TorchEngineExtensions
{
    /// <summary>Adds the engine for programs of PyTorch.</summary>
    /// <param name="engines">The table.</param>
    /// <param name="options">How the graphs are run; null for the defaults.</param>
    /// <returns>The same table.</returns>
    public static ModelEngines AddTorch(this ModelEngines engines, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return engines.Add(new TorchEngine(options));
    }
}
