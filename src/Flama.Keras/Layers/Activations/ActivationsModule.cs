namespace Flama.Keras.Layers.Activations;

/// <summary>The layers of this folder.</summary>
internal static class ActivationsModule
{
    public static IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers { get; } = new Dictionary<string, Func<LayerConfig, Layer>>(StringComparer.Ordinal)
    {
        ["Activation"] = config => new ActivationLayer(config),
        ["ReLU"] = config => new Relu(config),
        ["LeakyReLU"] = config => new LeakyRelu(config),
        ["PReLU"] = config => new PRelu(config),
        ["ELU"] = config => new Elu(config),
        ["ThresholdedReLU"] = config => new ThresholdedRelu(config),
        ["Softmax"] = config => new Softmax(config),
    };
}
