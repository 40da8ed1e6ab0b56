using Flama.Keras;
using Flama.Onnx;
using Flama.Torch;

namespace Flama.ConformanceTests;

/// <summary>The engines that the front door has.</summary>
internal static class Engines
{
    /// <summary>A new table of them.</summary>
    public static ModelEngines Table => new ModelEngines().AddManaged().AddOnnx().AddKeras().AddTorch();

    /// <summary>Loads a model with the engine of its format.</summary>
    public static Model Load(ModelSource source, LoadOptions? options = null) => Table.Load(source, options);
}
