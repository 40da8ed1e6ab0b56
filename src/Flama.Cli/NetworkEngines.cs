using Flama.Keras;
using Flama.Onnx;
using Flama.Torch;

namespace Flama.Cli;

/// <summary>The engines of the tool beside the managed ones of <c>AddFlama</c>.</summary>
internal static class NetworkEngines
{
    /// <summary>Adds the engines for files of neural networks.</summary>
    public static ModelEngines AddNetworks(this ModelEngines engines) => engines.AddOnnx().AddKeras().AddTorch();
}
