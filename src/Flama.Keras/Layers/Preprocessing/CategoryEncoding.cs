using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Preprocessing;

/// <summary>Numbers of categories as columns.</summary>
internal sealed class CategoryEncoding(LayerConfig config) : Layer(config)
{
    public override object Call(Lowering g, LayerCall call) => Encoding.Encode(
        g, Config, g.Cast(call.Input(this), OnnxElementType.Int64), Config.Integer("num_tokens"), Config.ComputeType, call.Argument(1, "count_weights") as Value);
}
