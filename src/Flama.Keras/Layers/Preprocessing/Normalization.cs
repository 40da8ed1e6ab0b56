using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Preprocessing;

/// <summary>(x - mean) / max(sqrt(variance), 1e-7) along the other axes than <c>axis</c>; or back.</summary>
internal sealed class Normalization : ValueLayer
{
    private readonly Weight? mean;
    private readonly Weight? variance;

    public Normalization(LayerConfig config)
        : base(config)
    {
        if (!config.Has("mean"))
        {
            mean = Declare(isTrainable: false);
            variance = Declare(isTrainable: false);
            Declare(isTrainable: false);
        }
    }

    protected override Value Lower(Lowering g, Value x)
    {
        var axes = (Config.Integers("axis") ?? []).Select(x.Axis).ToHashSet();
        var center = Statistic(g, mean, "mean", x, axes);
        var scale = g.Clip(g.Unary("Sqrt", Statistic(g, variance, "variance", x, axes)), 1e-7, null);
        return Config.Flag("invert") ? g.Plus(center, g.Times(x, scale)) : g.Over(g.Minus(x, center), scale);
    }

    private Value Statistic(Lowering g, Weight? weight, string member, Value x, HashSet<int> axes)
    {
        var value = weight is not null
            ? Constant(g, weight)
            : Config.Numbers(member) is { Length: > 0 } numbers
                ? g.Cast(g.Constant<float>([.. numbers.Select(number => (float)number)], numbers.Length), x.Type)
                : throw Config.Missing(member);
        var count = value.Shape.Aggregate(1L, (a, b) => a * b);
        if (count == 1)
        {
            return g.Reshape(value, [.. Enumerable.Repeat(1L, x.Rank)]);
        }

        return g.Reshape(value, [.. Enumerable.Range(0, x.Rank).Select(i => axes.Contains(i) ? x.Shape[i] : 1L)]);
    }
}
