using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Normalizations;

/// <summary>A layer whose kernel was kept at norm 1 in training: its own at inference.</summary>
internal sealed class SpectralNormalization : Layer
{
    private readonly Layer layer;

    public SpectralNormalization(LayerConfig config)
        : base(config)
    {
        layer = Part("layer", LayerFactory.Inside(config, "layer"));
        Declare(isTrainable: false);
    }

    public override object Call(Lowering g, LayerCall call) => layer.Call(g, call);
}
