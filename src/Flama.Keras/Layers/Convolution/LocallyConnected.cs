using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Convolution;

/// <summary>A convolution whose kernel is another one at each place (Keras 2); the kernel is (places, window · in, out).</summary>
internal sealed class LocallyConnected : WindowLayer
{
    public LocallyConnected(LayerConfig config, int rank)
        : base(config, rank)
    {
        if (config.Integer("implementation", 1) != 1 || Windows.IsFirst || rank > 2)
        {
            throw KerasErrors.Unsupported(config.Name, "has an implementation other than 1, or channels first");
        }
    }

    protected override Value Convolve(Lowering g, Value x, Value? offset)
    {
        var rank = Windows.Rank;
        var lengths = Windows.LengthsOf(x);
        if (lengths.Contains(-1))
        {
            throw KerasErrors.Unsupported(Name, "has an input of no fixed size");
        }

        List<Value> parts = [];
        foreach (var at in Offsets())
        {
            var part = x;
            for (var i = 0; i < rank; i++)
            {
                part = g.Slice(part, i + 2, at[i], at[i] + ((lengths[i] - 1) * Windows.Strides[i]) + 1, Windows.Strides[i]);
            }

            parts.Add(part);
        }

        // A product at each place: (places, batch, window) with (places, window, out).
        var places = lengths.Aggregate(1L, (a, b) => a * b);
        var patches = g.Concat(parts, 1);
        patches = g.Transpose(g.Reshape(patches, -1, patches.Shape[1], places), 2, 0, 1);
        var y = g.Transpose(g.MatMul(patches, Constant(g, Kernels[0])), 1, 2, 0);
        y = g.Reshape(y, [-1, y.Shape[1], .. lengths]);
        return offset is null ? y : g.Plus(y, KernelOrder.Turn(g, offset, rank + 1, [rank, .. Enumerable.Range(0, rank)]));
    }

    private IEnumerable<long[]> Offsets()
    {
        for (var i = 0L; i < Windows.Sizes[0]; i++)
        {
            for (var j = 0L; j < (Windows.Rank > 1 ? Windows.Sizes[1] : 1); j++)
            {
                yield return Windows.Rank > 1 ? [i, j] : [i];
            }
        }
    }
}
