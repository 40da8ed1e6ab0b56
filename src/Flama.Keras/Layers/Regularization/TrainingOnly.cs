using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Regularization;

/// <summary>Answers its input: what it does is for training.</summary>
internal sealed class TrainingOnly(LayerConfig config) : ValueLayer(config)
{
    // Pictures of whole numbers become numbers of the layer's type, as in Keras.
    protected override Value Lower(Lowering g, Value x) => x;
}
