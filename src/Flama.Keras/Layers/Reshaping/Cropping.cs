using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Reshaping;

/// <summary>Places cut off at both ends.</summary>
internal sealed class Cropping(LayerConfig config, int rank) : ValueLayer(config with { CastsIntegers = false })
{
    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        var sides = Sides.Read(Config, "cropping", rank);
        var from = Config.Text("data_format") == "channels_first" ? 2 : 1;
        for (var i = 0; i < rank; i++)
        {
            x = g.Slice(x, from + i, sides[i].Before, sides[i].After == 0 ? null : -sides[i].After);
        }

        return x;
    }
}
