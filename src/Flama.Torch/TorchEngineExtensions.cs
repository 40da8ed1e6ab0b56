namespace Flama.Torch;

/// <summary>Adds the engine to tables of engines.</summary>
public static class TorchEngineExtensions
{
    /// <summary>Adds the engine for programs of PyTorch.</summary>
    public static ModelEngines AddTorch(this ModelEngines engines)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return engines.Add(new TorchEngine());
    }
}
