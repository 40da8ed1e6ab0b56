using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Activations;

/// <summary>Positive parts, with a slope below the threshold and a greatest value.</summary>
internal sealed class Relu(LayerConfig config) : ValueLayer(config)
{
    protected override Value Lower(Lowering g, Value x)
    {
        var slope = Config.Number("negative_slope", 0);
        var threshold = Config.Number("threshold", 0);
        var y = threshold == 0 ? g.Unary("Relu", x) : g.Where(g.Compare("GreaterOrEqual", x, threshold), x, g.Scalar(0, x.Type));
        if (slope != 0)
        {
            y = g.Where(g.Compare("GreaterOrEqual", x, threshold), x, g.Times(g.Plus(x, -threshold), slope));
        }

        return Config.Has("max_value") ? g.Clip(y, null, Config.Number("max_value")) : y;
    }
}
