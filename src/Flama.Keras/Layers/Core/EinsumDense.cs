using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;

namespace Flama.Keras.Layers.Core;

/// <summary>activation(einsum(equation, x, kernel) + bias); the bias has the dimensions of <c>bias_axes</c>.</summary>
internal sealed class EinsumDense : ValueLayer
{
    private readonly string equation;
    private readonly Weight kernel;
    private readonly Weight? bias;
    private readonly Activation activation;

    public EinsumDense(LayerConfig config)
        : base(config)
    {
        equation = config.Text("equation") ?? throw config.Missing("equation");
        kernel = Declare();
        bias = config.Has("bias_axes") ? Declare() : null;
        activation = Activate();
    }

    protected override Value Lower(Lowering g, Value x)
    {
        var y = g.Einsum(equation, x, Constant(g, kernel));
        return activation.Apply(g, bias is null ? y : g.Plus(y, Constant(g, bias)));
    }
}
