using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Activations;

/// <summary>Negative numbers as alpha · (exp(x) - 1).</summary>
internal sealed class Elu(LayerConfig config) : ValueLayer(config)
{
    protected override Value Lower(Lowering g, Value x) => g.Unary("Elu", x, OnnxAttribute.Of("alpha", (float)Config.Number("alpha", 1)));
}
