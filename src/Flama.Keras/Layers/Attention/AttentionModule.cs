namespace Flama.Keras.Layers.Attention;

/// <summary>The layers of this folder.</summary>
internal static class AttentionModule
{
    public static IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers { get; } = new Dictionary<string, Func<LayerConfig, Layer>>(StringComparer.Ordinal)
    {
        ["Attention"] = config => new DotAttention(config, isAdditive: false),
        ["AdditiveAttention"] = config => new DotAttention(config, isAdditive: true),
        ["MultiHeadAttention"] = config => new MultiHeadAttention(config),
        ["GroupQueryAttention"] = config => new GroupQueryAttention(config),
        ["GroupedQueryAttention"] = config => new GroupQueryAttention(config),
    };
}
