using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;

namespace Flama.Keras.Layers.Core;

/// <summary>activation(x · kernel + bias) over the last dimension; kernel is in × units.</summary>
internal sealed class Dense : ValueLayer
{
    private readonly Weight kernel;
    private readonly Weight? bias;
    private readonly Activation activation;

    public Dense(LayerConfig config)
        : base(config)
    {
        kernel = Declare();
        bias = config.Flag("use_bias", true) ? Declare() : null;
        activation = Activation.Of(config);
    }

    protected override Value Lower(Lowering g, Value x)
    {
        var y = g.MatMul(x, Constant(g, kernel));
        return activation.Apply(g, bias is null ? y : g.Plus(y, Constant(g, bias)));
    }
}
