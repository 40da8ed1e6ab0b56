using Flama.Keras.Graphs;
using Flama.Keras.Text;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Preprocessing;

/// <summary>Combinations of categories as numbers of bins, by their hash.</summary>
internal sealed class HashedCrossing(LayerConfig config) : Layer(config)
{
    public override object Call(Lowering g, LayerCall call)
    {
        var given = call.Values(this);
        if (given.Any(value => value.Host is null))
        {
            throw KerasErrors.Unsupported(Name, "crosses what other layers have computed");
        }

        var bins = Config.Integer("num_bins") is > 0 and var count ? count : throw Config.Missing("num_bins");
        var ids = g.AddHost(inputs => [HashSteps.Cross(inputs, bins)], [.. given.Select(value => value.Host!)], (OnnxElementType.Int64, given[0].Shape))[0];
        return Encoding.Encode(g, Config, ids, bins, OnnxElementType.Float32);
    }
}
