using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;

namespace Flama.Keras.Layers.Convolution;

/// <summary>A convolution whose kernel is another one at each place (Keras 2); the kernel is (places, window · in, out).</summary>
internal sealed class LocallyConnected : ValueLayer
{
    private readonly Windows windows;
    private readonly Weight kernel;
    private readonly Weight? bias;
    private readonly Activation activation;

    public LocallyConnected(LayerConfig config, int rank)
        : base(config)
    {
        if (config.Integer("implementation", 1) != 1 || config.Text("data_format") == "channels_first")
        {
            throw KerasErrors.Unsupported(config.Name, "has an implementation other than 1, or channels first");
        }

        windows = new(config, rank, "kernel_size");
        kernel = Declare();
        bias = config.Flag("use_bias", true) ? Declare() : null;
        activation = Activation.Of(config);
    }

    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        var rank = windows.Rank;
        var lengths = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            lengths[i] = x.Shape[i + 1] > 0 ? ((x.Shape[i + 1] - windows.Sizes[i]) / windows.Strides[i]) + 1 : throw KerasErrors.Unsupported(Name, "has an input of no fixed size");
        }

        List<Value> parts = [];
        foreach (var offset in Offsets())
        {
            var part = x;
            for (var i = 0; i < rank; i++)
            {
                part = g.Slice(part, i + 1, offset[i], offset[i] + ((lengths[i] - 1) * windows.Strides[i]) + 1, windows.Strides[i]);
            }

            parts.Add(part);
        }

        var places = lengths.Aggregate(1L, (a, b) => a * b);
        var patches = g.Concat(parts, -1);
        patches = g.Reshape(patches, -1, places, patches.Last);
        var y = g.Transpose(g.MatMul(g.Transpose(patches, 1, 0, 2), Constant(g, kernel)), 1, 0, 2);
        y = g.Reshape(y, [-1, .. lengths, y.Last]);
        return activation.Apply(g, bias is null ? y : g.Plus(y, Constant(g, bias))) with { Declared = x.Declared };
    }

    private IEnumerable<long[]> Offsets()
    {
        for (var i = 0L; i < windows.Sizes[0]; i++)
        {
            for (var j = 0L; j < (windows.Rank > 1 ? windows.Sizes[1] : 1); j++)
            {
                yield return windows.Rank > 1 ? [i, j] : [i];
            }
        }
    }
}
