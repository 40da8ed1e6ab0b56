using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Images;

/// <summary>x · scale + offset; either may be one a channel.</summary>
internal sealed class Rescaling(LayerConfig config) : ValueLayer(config)
{
    public override bool DependsOnTraining => false;

    protected override Value Lower(Lowering g, Value x) => g.Plus(g.Times(x, Numbers(g, "scale", 1, x)), Numbers(g, "offset", 0, x));

    private Value Numbers(Lowering g, string name, double otherwise, Value x) => Config.Numbers(name) is { Length: > 1 } many
        ? g.Cast(g.Constant<float>([.. many.Select(number => (float)number)], many.Length), x.Type)
        : g.Scalar(Config.Numbers(name) is [var one] ? one : otherwise, x.Type);
}
