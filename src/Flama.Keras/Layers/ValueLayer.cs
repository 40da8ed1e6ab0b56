using Flama.Keras.Graphs;

namespace Flama.Keras.Layers;

/// <summary>A layer of one input and one output.</summary>
/// <param name="config">What the file tells of it.</param>
internal abstract class ValueLayer(LayerConfig config) : Layer(config)
{
    /// <inheritdoc/>
    public sealed override object Call(Lowering g, LayerCall call)
    {
        var x = call.Input(this);
        return Lower(g, Computed(g, x) with { Mask = call.Mask(x) }) with { Mask = PassesMask ? call.Mask(x) : null };
    }

    /// <summary>Writes it.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="x">The input, in the type that the layer computes in.</param>
    protected abstract Value Lower(Lowering g, Value x);
}
