namespace Flama.Keras.Layers.Recurrent;

/// <summary>The layers of this folder.</summary>
internal static class RecurrentModule
{
    public static IReadOnlyDictionary<string, Func<LayerConfig, Layer>> Layers { get; } = new Dictionary<string, Func<LayerConfig, Layer>>(StringComparer.Ordinal)
    {
        ["LSTM"] = config => new RecurrentLayer(config, new LstmCell(config)),
        ["GRU"] = config => new RecurrentLayer(config, new GruCell(config)),
        ["SimpleRNN"] = config => new RecurrentLayer(config, new SimpleCell(config)),
        ["ConvLSTM1D"] = config => new RecurrentLayer(config, new ConvLstmCell(config, 1)),
        ["ConvLSTM2D"] = config => new RecurrentLayer(config, new ConvLstmCell(config, 2)),
        ["ConvLSTM3D"] = config => new RecurrentLayer(config, new ConvLstmCell(config, 3)),
        ["RNN"] = config => new RecurrentLayer(config, CellFactory.Inside(config, "cell")),
        ["Bidirectional"] = config => new Bidirectional(config),
    };
}
