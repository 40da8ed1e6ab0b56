using Flama.Keras;
using Flama.Onnx;
using Flama.Torch;

namespace Flama.ConformanceTests;

/// <summary>The engines that the front door has.</summary>
internal static class Engines
{
    /// <summary>Loads a model with the engine of its format.</summary>
    public static Model Load(ModelSource source, LoadOptions? options = null) => new ModelEngines().AddManaged().AddOnnx().AddKeras().AddTorch().Load(source, options);
}
