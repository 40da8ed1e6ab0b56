namespace Flama.Keras.Layers.Convolution;

/// <summary>The layers of this folder.</summary>
internal static class ConvolutionModule
{
    public static IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers { get; } = new Dictionary<string, Func<LayerConfig, Layer>>(StringComparer.Ordinal)
    {
        ["Conv1D"] = config => new Conv(config, 1),
        ["Conv2D"] = config => new Conv(config, 2),
        ["Conv3D"] = config => new Conv(config, 3),
        ["Convolution1D"] = config => new Conv(config, 1),
        ["Convolution2D"] = config => new Conv(config, 2),
        ["Convolution3D"] = config => new Conv(config, 3),
        ["DepthwiseConv1D"] = config => new DepthwiseConv(config, 1),
        ["DepthwiseConv2D"] = config => new DepthwiseConv(config, 2),
        ["SeparableConv1D"] = config => new SeparableConv(config, 1),
        ["SeparableConv2D"] = config => new SeparableConv(config, 2),
        ["Conv1DTranspose"] = config => new ConvTranspose(config, 1),
        ["Conv2DTranspose"] = config => new ConvTranspose(config, 2),
        ["Conv3DTranspose"] = config => new ConvTranspose(config, 3),
        ["LocallyConnected1D"] = config => new LocallyConnected(config, 1),
        ["LocallyConnected2D"] = config => new LocallyConnected(config, 2),
    };
}
