using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Activations;

/// <summary>Negative numbers times a slope, 0.3 by default.</summary>
internal sealed class LeakyRelu(LayerConfig config) : ValueLayer(config)
{
    protected override Value Lower(Lowering g, Value x) => g.Unary("LeakyRelu", x, OnnxAttribute.Of("alpha", (float)Config.Number("negative_slope", Config.Number("alpha", 0.3))));
}
