using Flama.Keras;
using Flama.Onnx;
using Flama.Processing;
using Flama.Torch;

namespace Flama.Cli.Models;

/// <summary>The engines that the tool has beside the managed ones, for its server and for its other commands alike.</summary>
internal static class ToolEngines
{
    public static ModelEngines AddNetworks(this ModelEngines engines) => engines.AddOnnx().AddKeras().AddTorch().AddProcessing();
}
