using Flama.Keras;
using Flama.Onnx;
using Flama.Processing;
using Flama.Torch;

namespace Flama.Cli.Models;

/// <summary>The engines that the tool has beside the managed ones, for its server and for its other commands alike.</summary>
internal static class ToolEngines
{
    /// <summary>Adds the engines of networks, which are made when the first network is there.</summary>
    /// <param name="engines">The table.</param>
    /// <param name="options">How they run; null for the defaults.</param>
    public static ModelEngines AddNetworks(this ModelEngines engines, Func<OnnxOptions>? options = null) => engines
        .Add(new DeferredEngine("onnx", () => new OnnxEngine(options?.Invoke())))
        .Add(new DeferredEngine("keras", () => new KerasEngine(options?.Invoke())))
        .Add(new DeferredEngine("torch", () => new TorchEngine(options?.Invoke())))
        .AddProcessing();
}
