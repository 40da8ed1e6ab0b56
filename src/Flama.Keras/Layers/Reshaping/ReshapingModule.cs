namespace Flama.Keras.Layers.Reshaping;

/// <summary>The layers of this folder.</summary>
internal static class ReshapingModule
{
    public static IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers { get; } = new Dictionary<string, Func<LayerConfig, Layer>>(StringComparer.Ordinal)
    {
        ["Flatten"] = config => new Flatten(config),
        ["Reshape"] = config => new Reshape(config),
        ["Permute"] = config => new Permute(config),
        ["RepeatVector"] = config => new RepeatVector(config),
        ["ZeroPadding1D"] = config => new ZeroPadding(config, 1),
        ["ZeroPadding2D"] = config => new ZeroPadding(config, 2),
        ["ZeroPadding3D"] = config => new ZeroPadding(config, 3),
        ["Cropping1D"] = config => new Cropping(config, 1),
        ["Cropping2D"] = config => new Cropping(config, 2),
        ["Cropping3D"] = config => new Cropping(config, 3),
        ["UpSampling1D"] = config => new UpSampling(config, 1),
        ["UpSampling2D"] = config => new UpSampling(config, 2),
        ["UpSampling3D"] = config => new UpSampling(config, 3),
    };
}
