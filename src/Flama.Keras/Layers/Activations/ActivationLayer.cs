using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Activations;

/// <summary>A function of each element, or of the last dimension.</summary>
internal sealed class ActivationLayer : ValueLayer
{
    private readonly Activation activation;

    public ActivationLayer(LayerConfig config)
        : base(config) => activation = Activate();

    protected override Value Lower(Lowering g, Value x) => activation.Apply(g, x);
}
