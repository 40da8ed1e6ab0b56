using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Reshaping;

/// <summary>Another shape of each example; one length may be -1.</summary>
internal sealed class Reshape(LayerConfig config) : ValueLayer(config with { CastsIntegers = false })
{
    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        var target = (long[])(Config.Integers("target_shape") ?? throw Config.Missing("target_shape")).Clone();
        var open = Array.FindIndex(target, length => length < 0);
        if (open >= 0 && !x.Shape.AsSpan(1).Contains(-1))
        {
            var all = x.Shape[1..].Aggregate(1L, (a, b) => a * b);
            var rest = target.Where((_, i) => i != open).Aggregate(1L, (a, b) => a * b);
            target[open] = rest > 0 && all % rest == 0 ? all / rest : throw Config.Missing("target_shape");
            open = -1;
        }

        return open < 0
            ? g.Reshape(x, [x.Shape[0] < 0 ? -1 : x.Shape[0], .. target])
            : g.ReshapeTo(x, g.ShapeFrom([(x.Shape[0], x, 0), .. target.Select(length => (length, (Value?)null, 0))], flexible: open + 1), [x.Shape[0], .. target]);
    }
}
