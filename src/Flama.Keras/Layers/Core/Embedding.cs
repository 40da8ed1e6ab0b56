using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Core;

/// <summary>Rows of a table by their numbers; floating-point numbers are truncated. With <c>mask_zero</c> the number 0 is no step.</summary>
internal sealed class Embedding : Layer
{
    private readonly Weight table;
    private readonly bool masksZero;

    public Embedding(LayerConfig config)
        : base(config)
    {
        table = Declare();
        masksZero = config.Flag("mask_zero");
    }

    public override object Call(Lowering g, LayerCall call)
    {
        var x = call.Input(this);
        var y = g.Gather(Constant(g, table), g.Cast(x, x.Type == OnnxElementType.Int64 ? x.Type : OnnxElementType.Int32), 0) with { Declared = Config.DeclaredType };
        return masksZero ? y with { Mask = g.Not(g.Compare("Equal", x, 0)) } : y;
    }
}
