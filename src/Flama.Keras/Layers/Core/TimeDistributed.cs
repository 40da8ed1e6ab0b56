using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Core;

/// <summary>The same layer for each step of a sequence: batch and steps are joined, and parted again.</summary>
internal sealed class TimeDistributed : Layer
{
    private readonly Layer layer;

    public TimeDistributed(LayerConfig config)
        : base(config) => layer = Part("layer", LayerFactory.Inside(config, "layer"));

    public override object Call(Lowering g, LayerCall call)
    {
        var x = call.Input(this);
        if (x.Rank < 3)
        {
            throw KerasErrors.Invalid($"layer '{Name}' takes sequences");
        }

        var inner = x.Shape[2..];
        var joined = g.ReshapeTo(x, g.ShapeFrom([(-1, null, 0), .. inner.Select((length, i) => (length, (Value?)x, i + 2))], flexible: 0), [x.Shape[0] < 0 || x.Shape[1] < 0 ? -1 : x.Shape[0] * x.Shape[1], .. inner]);
        var y = layer.Call(g, LayerCall.Of(joined)) as Value ?? throw KerasErrors.Unsupported(Name, "has several outputs a step");
        return g.ReshapeTo(y, g.ShapeFrom([(x.Shape[0], x, 0), (x.Shape[1], x, 1), .. y.Shape[1..].Select((length, i) => (length, (Value?)y, i + 1))]), [x.Shape[0], x.Shape[1], .. y.Shape[1..]]) with { Mask = call.Mask(x) };
    }
}
