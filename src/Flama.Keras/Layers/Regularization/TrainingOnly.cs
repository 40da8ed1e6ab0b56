using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Regularization;

/// <summary>Answers its input: what it does is for training.</summary>
/// <param name="config">What the file tells of it.</param>
/// <param name="isPicture">Whether it changes pictures.</param>
internal sealed class TrainingOnly(LayerConfig config, bool isPicture) : ValueLayer(config)
{
    // Layers of pictures of Keras 3 have training=True by default, which a file tells of each call, and calls of the model set it anew.
    public override bool DependsOnTraining => !(isPicture && Config.IsThird);

    // Pictures of whole numbers become numbers of the layer's type, as in Keras.
    protected override Value Lower(Lowering g, Value x) => x;
}
