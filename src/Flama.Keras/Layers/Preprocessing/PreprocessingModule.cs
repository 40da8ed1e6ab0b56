namespace Flama.Keras.Layers.Preprocessing;

/// <summary>The layers of this folder.</summary>
internal static class PreprocessingModule
{
    public static IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers { get; } = new Dictionary<string, Func<LayerConfig, Layer>>(StringComparer.Ordinal)
    {
        ["Normalization"] = config => new Normalization(config),
        ["CategoryEncoding"] = config => new CategoryEncoding(config),
        ["Discretization"] = config => new Discretization(config),
        ["Hashing"] = config => new Hashing(config),
        ["HashedCrossing"] = config => new HashedCrossing(config),
        ["StringLookup"] = config => new Lookup(config, isText: true),
        ["IntegerLookup"] = config => new Lookup(config, isText: false),
        ["TextVectorization"] = config => new TextVectorization(config),
        ["STFTSpectrogram"] = config => new StftSpectrogram(config),
        ["MelSpectrogram"] = config => new MelSpectrogram(config),
    };
}
