using Flama.Keras.Layers;

namespace Flama.Keras.Tests.Layers;

/// <summary>Names of classes as files of Keras 3 have them.</summary>
public sealed class LayerPathsTests
{
    [Theory]
    [InlineData("Dense", "dense")]
    [InlineData("Conv2DTranspose", "conv2d_transpose")]
    [InlineData("PReLU", "p_re_lu")]
    [InlineData("ReLU", "re_lu")]
    [InlineData("LSTM", "lstm")]
    [InlineData("GlobalMaxPooling2D", "global_max_pooling2d")]
    [InlineData("ConvLSTM2D", "conv_lstm2d")]
    [InlineData("GRUCell", "gru_cell")]
    [InlineData("RMSNormalization", "rms_normalization")]
    public void SnakeCase_OfClass_IsThatOfKeras(string className, string expected) => Assert.Equal(expected, LayerPaths.SnakeCase(className));
}
