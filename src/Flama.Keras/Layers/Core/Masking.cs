using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Core;

/// <summary>Steps whose features are all <c>mask_value</c> do not count; they become zeros.</summary>
internal sealed class Masking(LayerConfig config) : Layer(config)
{
    public override object Call(Lowering g, LayerCall call)
    {
        var x = Computed(g, call.Input(this));
        var differs = g.Not(g.Compare("Equal", x, Config.Number("mask_value", 0)));
        return g.Times(x, g.Cast(g.Any(differs, true, -1), x.Type)) with { Mask = g.Any(differs, false, -1) };
    }
}
