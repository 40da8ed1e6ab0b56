using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Activations;

/// <summary>Negative numbers times slopes that were learned.</summary>
internal sealed class PRelu : ValueLayer
{
    private readonly Weight slopes;

    public PRelu(LayerConfig config)
        : base(config) => slopes = Declare();

    protected override Value Lower(Lowering g, Value x) => g.Plus(g.Unary("Relu", x), g.Times(g.Neg(g.Unary("Relu", g.Neg(x))), Constant(g, slopes)));
}
