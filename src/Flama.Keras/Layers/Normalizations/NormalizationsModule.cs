namespace Flama.Keras.Layers.Normalizations;

/// <summary>The layers of this folder.</summary>
internal static class NormalizationsModule
{
    public static IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers { get; } = new Dictionary<string, Func<LayerConfig, Layer>>(StringComparer.Ordinal)
    {
        ["BatchNormalization"] = config => new BatchNormalization(config),
        ["BatchNormalizationV1"] = config => new BatchNormalization(config),
        ["SyncBatchNormalization"] = config => new BatchNormalization(config),
        ["LayerNormalization"] = config => new LayerNormalization(config),
        ["GroupNormalization"] = config => new GroupNormalization(config),
        ["RMSNormalization"] = config => new RmsNormalization(config),
        ["UnitNormalization"] = config => new UnitNormalization(config),
        ["SpectralNormalization"] = config => new SpectralNormalization(config),
    };
}
