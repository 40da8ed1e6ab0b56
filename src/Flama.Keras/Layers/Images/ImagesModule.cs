namespace Flama.Keras.Layers.Images;

/// <summary>The layers of this folder.</summary>
internal static class ImagesModule
{
    public static IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers { get; } = new Dictionary<string, Func<LayerConfig, Layer>>(StringComparer.Ordinal)
    {
        ["Rescaling"] = config => new Rescaling(config),
        ["Resizing"] = config => new Resizing(config),
        ["CenterCrop"] = config => new CenterCrop(config),
        ["RandomCrop"] = config => new CenterCrop(config),
        ["Solarization"] = config => new Solarization(config),
    };
}
