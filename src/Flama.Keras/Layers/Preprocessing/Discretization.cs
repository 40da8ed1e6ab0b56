using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Preprocessing;

/// <summary>How many boundaries are not above a number.</summary>
internal sealed class Discretization(LayerConfig config) : Layer(config)
{
    public override object Call(Lowering g, LayerCall call)
    {
        var x = g.Float(call.Input(this));
        var boundaries = Config.Numbers("bin_boundaries") ?? throw Config.Missing("bin_boundaries");
        var above = g.Compare("GreaterOrEqual", g.Unsqueeze(x, -1), g.Cast(g.Constant<float>([.. boundaries.Select(number => (float)number)], boundaries.Length), x.Type));
        var bins = g.Sum(g.Cast(above, OnnxElementType.Int64), false, -1);
        return Encoding.Encode(g, Config, g.Cast(bins, Config.IsThird && Config.Text("output_mode") is null or "int" ? OnnxElementType.Int32 : OnnxElementType.Int64), boundaries.Length + 1, OnnxElementType.Float32);
    }
}
