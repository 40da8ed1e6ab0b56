using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Core;

/// <summary>Answers its input.</summary>
internal sealed class Identity(LayerConfig config) : ValueLayer(config with { CastsIntegers = false })
{
    protected override Value Lower(Lowering g, Value x) => x;
}
