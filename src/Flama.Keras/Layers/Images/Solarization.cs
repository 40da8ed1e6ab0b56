using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Images;

/// <summary>In training it adds, and turns what is above a threshold; at inference it answers its input.</summary>
internal sealed class Solarization(LayerConfig config) : ValueLayer(config)
{
    // Layers of pictures of Keras 3 have training=True by default, and calls of the model set it anew.
    public override bool DependsOnTraining => false;

    protected override Value Lower(Lowering g, Value x) => x;
}
