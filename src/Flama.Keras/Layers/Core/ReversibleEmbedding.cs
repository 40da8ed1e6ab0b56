using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Core;

/// <summary>Rows of a table by their numbers, or with <c>reverse=True</c> products with all rows: logits.</summary>
internal sealed class ReversibleEmbedding : Layer
{
    private readonly Weight table;
    private readonly Weight? reversed;

    public ReversibleEmbedding(LayerConfig config)
        : base(config)
    {
        table = Declare();
        reversed = config.Flag("tie_weights", true) ? null : Declare();
    }

    public override object Call(Lowering g, LayerCall call)
    {
        var x = call.Input(this);
        if (!call.Flag("reverse"))
        {
            return g.Gather(Constant(g, table), g.Cast(x, OnnxElementType.Int32), 0) with { Declared = Config.DeclaredType, Mask = Config.Flag("mask_zero") ? g.Not(g.Compare("Equal", x, 0)) : null };
        }

        var logits = g.MatMul(Computed(g, x), reversed is null ? g.Transpose(Constant(g, table), 1, 0) : Constant(g, reversed));
        return Config.Has("logit_soft_cap") && Config.Number("logit_soft_cap") is var most ? g.Times(g.Unary("Tanh", g.Times(logits, 1 / most)), most) : logits;
    }
}
