using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Images;

/// <summary>Adds, and turns what is above a threshold; at inference as in training, when its factors are single numbers.</summary>
internal sealed class Solarization(LayerConfig config) : ValueLayer(config)
{
    public override bool DependsOnTraining => false;

    protected override Value Lower(Lowering g, Value x) => x;
}
