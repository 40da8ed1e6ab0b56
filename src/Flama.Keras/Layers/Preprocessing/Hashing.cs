using System.Text.Json;
using Flama.Keras.Graphs;
using Flama.Keras.Text;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Preprocessing;

/// <summary>Words or whole numbers as numbers of bins, by their hash.</summary>
internal sealed class Hashing(LayerConfig config) : Layer(config)
{
    public override object Call(Lowering g, LayerCall call)
    {
        var x = call.Input(this);
        if (x.Host is null)
        {
            throw KerasErrors.Unsupported(Name, "hashes what other layers have computed");
        }

        var bins = Config.Integer("num_bins") is > 0 and var count ? count : throw Config.Missing("num_bins");
        var mask = Config.Find("mask_value") is { } value ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;
        var salt = Config.Find("salt") is null ? null : Config.Integers("salt") is [var one] ? ((ulong, ulong)?)((ulong)one, (ulong)one) : Config.Integers("salt") is [var a, var b] ? ((ulong)a, (ulong)b) : throw Config.Missing("salt");
        var ids = g.AddHost(inputs => [HashSteps.Hash(inputs[0], bins, mask, salt)], [x.Host], (OnnxElementType.Int64, x.Shape))[0];
        return Encoding.Encode(g, Config, ids, bins, OnnxElementType.Float32);
    }
}
