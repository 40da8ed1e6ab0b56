using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Attention;

/// <summary>A product over the last dimension with a kernel of more than two, and a bias.</summary>
/// <param name="kernel">(in, heads, size) for inputs, (heads, size, out…) for the output.</param>
/// <param name="bias">The bias; null for none.</param>
/// <param name="constant">Makes a constant of a variable.</param>
internal sealed class Projection(Weight kernel, Weight? bias, Func<Lowering, Weight, Value> constant)
{
    /// <summary>Writes it.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="x">The input; its last dimension is all that the kernel takes.</param>
    /// <param name="outputs">How many of the kernel's last dimensions the output has; 0 for an output projection: all but the first two.</param>
    public Value Project(Lowering g, Value x, int outputs)
    {
        var weights = constant(g, kernel);
        outputs = outputs == 0 ? weights.Rank - 2 : outputs;
        if (weights.Rank <= outputs || outputs < 1)
        {
            throw KerasErrors.Invalid("a projection's kernel has too few dimensions");
        }

        var sizes = weights.Shape[^outputs..];
        var y = g.MatMul(x, g.Reshape(weights, x.Last, sizes.Aggregate(1L, (a, b) => a * b)));
        if (outputs > 1)
        {
            List<(long, Value?, int)> shape = [.. Enumerable.Range(0, x.Rank - 1).Select(i => (x.Shape[i], (Value?)x, i)), .. sizes.Select(size => (size, (Value?)null, 0))];
            y = g.ReshapeTo(y, g.ShapeFrom(shape), [.. shape.Select(length => length.Item1)]);
        }

        return bias is null ? y : g.Plus(y, constant(g, bias));
    }
}
