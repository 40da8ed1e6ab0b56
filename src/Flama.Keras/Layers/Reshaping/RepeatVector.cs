using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Reshaping;

/// <summary>A vector as every step of a sequence.</summary>
internal sealed class RepeatVector(LayerConfig config) : ValueLayer(config with { CastsIntegers = false })
{
    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x) => g.Tile(g.Unsqueeze(x, 1), 1, Config.Integer("n") is > 0 and <= int.MaxValue and var count ? count : throw Config.Missing("n"), 1);
}
