using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Reshaping;

/// <summary>All but the batch in one dimension; channels go last first.</summary>
internal sealed class Flatten(LayerConfig config) : ValueLayer(config with { CastsIntegers = false })
{
    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        if (x.Rank == 1)
        {
            return g.Unsqueeze(x, 1);
        }

        if (Config.Text("data_format") == "channels_first" && x.Rank > 2)
        {
            x = g.Transpose(x, [0, .. Enumerable.Range(2, x.Rank - 2), 1]);
        }

        var rest = x.Shape.AsSpan(1).Contains(-1) ? -1 : x.Shape[1..].Aggregate(1L, (a, b) => a * b);
        return rest >= 0 ? g.Reshape(x, x.Shape[0] < 0 ? -1 : x.Shape[0], rest) : g.ReshapeTo(x, g.ShapeFrom([(x.Shape[0], x, 0), (-1, null, 0)], flexible: 1), [x.Shape[0], -1]);
    }
}
