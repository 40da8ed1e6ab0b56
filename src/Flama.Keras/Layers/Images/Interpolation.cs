using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Images;

/// <summary>Changes the length of one dimension as TensorFlow does: half-pixel centres, nothing smoothed when it becomes shorter.</summary>
/// <remarks>Of a fixed length it is a product with a matrix, whose rows have the weights of the places that each new one is made of.</remarks>
internal static class Interpolation
{
    private const long MaxLength = 1 << 16;
    private const long MaxWeights = 1 << 26;

    // TensorFlow has the weights of cubic interpolation in a table of as many entries.
    private const int CubicSteps = 1024;

    /// <summary>Writes it.</summary>
    public static Value Resize(Lowering g, LayerConfig config, Value x, int axis, long length, string method)
    {
        var old = x.Shape[axis];
        if (old == length && old > 0)
        {
            return x;
        }

        if (old <= 0 || length is <= 0 or > MaxLength || old > MaxLength || old * length > MaxWeights)
        {
            return old < 0 && length > 0 && method is "nearest" or "bilinear" ? Dynamic(g, x, axis, length, method) : throw KerasErrors.Unsupported(config.Name, $"resizes ({method}) a picture of no fixed size");
        }

        if (method == "nearest")
        {
            var scale = old / (float)length;
            return g.Gather(x, g.Constant<long>([.. Enumerable.Range(0, (int)length).Select(i => Math.Min((long)MathF.Floor((i + 0.5f) * scale), old - 1))], length), axis);
        }

        if (method == "bilinear")
        {
            return Bilinear(g, x, axis, (int)old, (int)length);
        }

        var weights = new float[old * length];
        for (var i = 0; i < length; i++)
        {
            foreach (var (place, weight) in WeightsOf(config, i, (int)old, (int)length, method))
            {
                weights[(place * length) + i] += (float)weight;
            }
        }

        int[] order = [.. Enumerable.Range(0, x.Rank).Where(i => i != axis), axis];
        int[] back = [.. Enumerable.Range(0, x.Rank).Select(i => Array.IndexOf(order, i))];
        return g.Transpose(g.MatMul(g.Transpose(x, order), g.Cast(g.Constant<float>(weights, old, length), x.Type)), back);
    }

    // In the order in which TensorFlow computes it, so that what is in the middle between two whole numbers is rounded alike.
    private static Value Bilinear(Lowering g, Value x, int axis, int old, int length)
    {
        var scale = old / (float)length;
        float[] at = [.. Enumerable.Range(0, length).Select(i => ((i + 0.5f) * scale) - 0.5f)];
        Value Side(Func<float, float> round) => g.Gather(x, g.Constant<long>([.. at.Select(place => (long)Math.Clamp(round(place), 0, old - 1))], length), axis);
        var shares = g.Cast(g.Constant<float>([.. at.Select(place => place - MathF.Floor(place))], [length, .. Enumerable.Repeat(1L, x.Rank - 1 - axis)]), x.Type);
        var low = Side(MathF.Floor);
        return g.Plus(low, g.Times(g.Minus(Side(MathF.Ceiling), low), shares));
    }

    private static Value Dynamic(Lowering g, Value x, int axis, long length, string method)
    {
        var sizes = g.ShapeFrom([.. x.Shape.Select((old, i) => i == axis ? (length, null, 0) : (old, (Value?)x, i))]);
        return g.Add(
            "Resize", x.Type, [.. x.Shape.Select((old, i) => i == axis ? length : old)], [x, null, null, sizes],
            OnnxAttribute.Of("mode", method == "nearest" ? "nearest" : "linear"), OnnxAttribute.Of("coordinate_transformation_mode", "half_pixel"), OnnxAttribute.Of("nearest_mode", "round_prefer_ceil"));
    }

    private static IEnumerable<(int Place, double Weight)> WeightsOf(LayerConfig config, int i, int old, int length, string method)
    {
        var scale = (double)old / length;
        var at = ((i + 0.5) * scale) - 0.5;
        var low = (int)Math.Floor(at);
        switch (method)
        {
            case "bicubic":
                var rounded = Math.Round((at - low) * CubicSteps, MidpointRounding.ToEven) / CubicSteps;
                return Normal([.. Enumerable.Range(-1, 4).Select(k => (low + k, Keys(Math.Abs(k - rounded))))], old);
            case "area":
                var (from, to) = (i * scale, (i + 1) * scale);
                return Normal([.. Enumerable.Range((int)from, (int)Math.Ceiling(to) - (int)from).Select(k => (k, Math.Min(k + 1, to) - Math.Max(k, from)))], old);
            case "lanczos3":
                return Normal(Around(at, 3, t => Sinc(t) * Sinc(t / 3)), old);
            case "lanczos5":
                return Normal(Around(at, 5, t => Sinc(t) * Sinc(t / 5)), old);
            case "gaussian":
                return Normal(Around(at, 1.5, t => Math.Abs(t) < 1.5 ? Math.Exp(-2 * t * t) : 0), old);
            case "mitchellcubic":
                return Normal(Around(at, 2, Mitchell), old);
            default:
                throw KerasErrors.Unsupported(config.Name, $"interpolates by '{method}'");
        }
    }

    private static (int, double)[] Around(double at, double radius, Func<double, double> kernel)
    {
        var from = (int)Math.Ceiling(at - radius);
        return [.. Enumerable.Range(from, (int)Math.Floor(at + radius) - from + 1).Select(k => (k, kernel(k - at)))];
    }

    // Places outside have no weight, and those inside share theirs.
    private static IEnumerable<(int, double)> Normal((int Place, double Weight)[] weights, int old)
    {
        var inside = weights.Where(weight => weight.Place >= 0 && weight.Place < old).ToList();
        var sum = inside.Sum(weight => weight.Weight);
        return inside.Select(weight => (weight.Place, weight.Weight / sum));
    }

    private static double Keys(double t) => t <= 1 ? (((1.5 * t) - 2.5) * t * t) + 1 : t < 2 ? ((((-0.5 * t) + 2.5) * t) - 4) * t + 2 : 0;

    private static double Mitchell(double t)
    {
        t = Math.Abs(t);
        return t < 1 ? ((((7.0 / 6 * t) - 2) * t * t) + (16.0 / 18)) : t < 2 ? (((((-7.0 / 18) * t) + 2) * t) - (10.0 / 3)) * t + (16.0 / 9) : 0;
    }

    private static double Sinc(double t) => t == 0 ? 1 : Math.Sin(Math.PI * t) / (Math.PI * t);
}
