using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Activations;

/// <summary>exp(x) / Σ exp(x) along one axis or several; masked places get nothing.</summary>
internal sealed class Softmax(LayerConfig config) : Layer(config)
{
    public override object Call(Lowering g, LayerCall call)
    {
        var x = Computed(g, call.Input(this));
        var mask = call.Keyword("mask") ?? call.Argument(1, "mask") as Value;
        var y = Over(g, mask is null ? x : g.Plus(x, g.Times(g.Cast(g.Not(mask), x.Type), -1e9)), Config.Integers("axis") ?? [-1]);

        // Where all is masked Keras 3 answers nothing, and Keras 2 what is not masked.
        y = mask is not null && Config.IsThird ? g.Times(y, g.Cast(mask, y.Type)) : y;
        return y with { Mask = call.Input(this).Mask };
    }

    /// <summary>The softmax along axes together.</summary>
    public static Value Over(Lowering g, Value x, long[] axes)
    {
        if (axes is [var axis])
        {
            return g.Softmax(x, axis);
        }

        var powers = g.Unary("Exp", g.Minus(x, g.Max(x, true, axes)));
        return g.Over(powers, g.Sum(powers, true, axes));
    }
}
