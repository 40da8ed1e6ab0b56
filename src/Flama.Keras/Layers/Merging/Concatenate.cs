using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Merging;

/// <summary>Tensors joined along an axis.</summary>
internal sealed class Concatenate(LayerConfig config) : Layer(config with { CastsIntegers = false })
{
    public override object Call(Lowering g, LayerCall call)
    {
        var given = call.Values(this);
        var axis = Config.Integer("axis", -1);
        var y = g.Concat([.. given.Select(value => value.Type == OnnxElementType.String ? value : Computed(g, value))], axis);
        return given.All(value => value.Mask is null) ? y : y with { Mask = MaskOf(g, given, given[0].Axis(axis)) };
    }

    // Those without a mask count everywhere.
    private static Value MaskOf(Lowering g, IReadOnlyList<Value> given, int axis)
    {
        List<Value> masks = [];
        foreach (var value in given)
        {
            var full = g.Expand(g.Scalar(1, OnnxElementType.Boolean), g.ShapeOf(value), value.Shape);
            if (value.Mask is { } mask)
            {
                while (mask.Rank < value.Rank)
                {
                    mask = g.Unsqueeze(mask, -1);
                }

                full = g.Compare("And", full, mask);
            }

            masks.Add(full);
        }

        var joined = g.Concat(masks, axis);
        return g.All(joined, false, -1);
    }
}
