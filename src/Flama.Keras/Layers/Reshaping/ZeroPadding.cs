using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Reshaping;

/// <summary>Zeros around.</summary>
internal sealed class ZeroPadding(LayerConfig config, int rank) : ValueLayer(config with { CastsIntegers = false })
{
    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        var sides = Sides.Read(Config, "padding", rank);
        var from = Config.Text("data_format") == "channels_first" ? 2 : 1;
        var before = new long[x.Rank];
        var after = new long[x.Rank];
        for (var i = 0; i < rank; i++)
        {
            (before[from + i], after[from + i]) = sides[i];
        }

        return g.Pad(x, before, after);
    }
}
