namespace Flama.Keras.Layers.Core;

/// <summary>The layers of this folder.</summary>
internal static class CoreModule
{
    public static IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers { get; } = new Dictionary<string, Func<LayerConfig, Layer>>(StringComparer.Ordinal)
    {
        ["InputLayer"] = config => new InputLayer(config),
        ["Dense"] = config => new Dense(config),
        ["EinsumDense"] = config => new EinsumDense(config),
        ["Embedding"] = config => new Embedding(config),
        ["ReversibleEmbedding"] = config => new ReversibleEmbedding(config),
        ["Masking"] = config => new Masking(config),
        ["Identity"] = config => new Identity(config),
        ["TimeDistributed"] = config => new TimeDistributed(config),
        ["Pipeline"] = config => new Pipeline(config),
        ["TFOpLambda"] = config => new TensorFlowOperation(config),
        ["SlicingOpLambda"] = config => new TensorFlowOperation(config),
    };
}
