namespace Flama.Keras.Layers.Pooling;

/// <summary>The layers of this folder.</summary>
internal static class PoolingModule
{
    public static IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers { get; } = Make();

    private static Dictionary<string, Func<LayerConfig, Layer>> Make()
    {
        Dictionary<string, Func<LayerConfig, Layer>> layers = new(StringComparer.Ordinal);
        for (var i = 1; i <= 3; i++)
        {
            var rank = i;
            layers[$"MaxPooling{i}D"] = layers[$"MaxPool{i}D"] = config => new Pool(config, rank, isMax: true);
            layers[$"AveragePooling{i}D"] = layers[$"AvgPool{i}D"] = config => new Pool(config, rank, isMax: false);
            layers[$"GlobalMaxPooling{i}D"] = layers[$"GlobalMaxPool{i}D"] = config => new GlobalPool(config, rank, isMax: true);
            layers[$"GlobalAveragePooling{i}D"] = layers[$"GlobalAvgPool{i}D"] = config => new GlobalPool(config, rank, isMax: false);
            layers[$"AdaptiveMaxPooling{i}D"] = config => new AdaptivePool(config, rank, isMax: true);
            layers[$"AdaptiveAveragePooling{i}D"] = config => new AdaptivePool(config, rank, isMax: false);
        }

        return layers;
    }
}
