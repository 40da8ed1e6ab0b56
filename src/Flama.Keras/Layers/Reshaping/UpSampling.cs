using Flama.Keras.Graphs;
using Flama.Keras.Layers.Images;

namespace Flama.Keras.Layers.Reshaping;

/// <summary>More places: each repeated, or interpolated in two dimensions.</summary>
internal sealed class UpSampling(LayerConfig config, int rank) : ValueLayer(config with { CastsIntegers = false })
{
    private const long MaxTimes = 4096;

    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        var sizes = Config.Each("size", rank, 2);
        if (sizes.Any(size => size is < 1 or > MaxTimes))
        {
            throw Config.Missing("size");
        }

        var from = Config.Text("data_format") == "channels_first" ? 2 : 1;
        var method = Config.Text("interpolation") ?? "nearest";
        for (var i = 0; i < rank; i++)
        {
            x = method == "nearest" ? Repeat(g, x, from + i, sizes[i]) : Interpolation.Resize(g, Config, g.Float(x), from + i, x.Shape[from + i] * sizes[i], method);
        }

        return x;
    }

    // Each place becomes several: a dimension of its own, then one with it.
    private static Value Repeat(Lowering g, Value x, int axis, long times)
    {
        if (times == 1)
        {
            return x;
        }

        var tiled = g.Tile(g.Unsqueeze(x, axis + 1), [.. Enumerable.Range(0, x.Rank + 1).Select(i => i == axis + 1 ? times : 1L)]);
        List<(long, Value?, int)> shape = [];
        for (var i = 0; i < x.Rank; i++)
        {
            shape.Add(i == axis ? (x.Shape[i] < 0 ? -1 : x.Shape[i] * times, null, 0) : (x.Shape[i], x, i));
        }

        return g.ReshapeTo(tiled, g.ShapeFrom(shape, flexible: axis), [.. shape.Select(part => part.Item1)]);
    }
}
