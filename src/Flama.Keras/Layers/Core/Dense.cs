using Flama.Keras.Files;
using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;

namespace Flama.Keras.Layers.Core;

/// <summary>activation(x · kernel + bias) over the last dimension; kernel is in × units.</summary>
internal sealed class Dense : ValueLayer
{
    private readonly Weight kernel;
    private readonly Weight? bias;
    private readonly (Weight Left, Weight Right)? lowRank;
    private readonly Activation activation;

    public Dense(LayerConfig config)
        : base(config)
    {
        // An .h5 file has the parts of an adapter beside the kernel, which a .keras file has in it.
        var isAdapted = config.Has("lora_rank") && config.File is KerasHdf5;
        kernel = Declare(isTrainable: !isAdapted);
        bias = config.Flag("use_bias", true) ? Declare() : null;
        lowRank = isAdapted ? (Declare(), Declare()) : null;
        activation = Activate();
    }

    protected override Value Lower(Lowering g, Value x)
    {
        var weights = Constant(g, kernel);
        if (lowRank is (var left, var right))
        {
            var scale = Config.Number("lora_alpha", Config.Number("lora_rank")) / Config.Number("lora_rank");
            weights = g.Plus(weights, g.Times(g.MatMul(Constant(g, left), Constant(g, right)), scale));
        }

        var y = g.MatMul(x, weights);
        return activation.Apply(g, bias is null ? y : g.Plus(y, Constant(g, bias)));
    }
}
