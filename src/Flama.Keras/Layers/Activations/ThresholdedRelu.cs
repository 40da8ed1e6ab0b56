using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Activations;

/// <summary>Numbers above theta; others are 0.</summary>
internal sealed class ThresholdedRelu(LayerConfig config) : ValueLayer(config)
{
    protected override Value Lower(Lowering g, Value x) => g.Times(x, g.Cast(g.Compare("Greater", x, Config.Number("theta", 1)), x.Type));
}
