using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Convolution;

/// <summary>A transposed convolution; the kernel is (windows…, out, in).</summary>
internal sealed class ConvTranspose : ValueLayer
{
    private readonly Windows windows;
    private readonly Weight kernel;
    private readonly Weight? bias;
    private readonly Activation activation;

    public ConvTranspose(LayerConfig config, int rank)
        : base(config)
    {
        windows = new(config, rank, "kernel_size");
        kernel = Declare();
        bias = config.Flag("use_bias", true) ? Declare() : null;
        activation = Activation.Of(config);
    }

    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        var rank = windows.Rank;
        var first = windows.ToFirst(g, x);
        var weights = Kernels.OutFirst(g, Constant(g, kernel), rank);
        var outputPadding = Config.Has("output_padding") ? Config.Each("output_padding", rank, 0) : null;
        var pads = new long[2 * rank];
        var extra = new long[rank];
        var lengths = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            var (size, stride) = (windows.Sizes[i], windows.Strides[i]);
            var extent = ((size - 1) * windows.Gaps[i]) + 1;

            // What the whole of (in - 1) · stride + extent is longer than the output; it may be shorter.
            var surplus = outputPadding is not null
                ? (windows.IsSame ? 2 * (extent / 2) : 0) - outputPadding[i]
                : windows.IsSame ? extent - stride : -Math.Max(stride - extent, 0);
            pads[i] = Math.Max(surplus, 0) / 2;
            pads[rank + i] = Math.Max(surplus, 0) - pads[i];
            extra[i] = Math.Max(-surplus, 0);
            lengths[i] = first.Shape[i + 2] < 0 ? -1 : ((first.Shape[i + 2] - 1) * stride) + extent - surplus;
        }

        // The operator's own extra places must be fewer than a stride.
        var y = g.Add(
            "ConvTranspose", x.Type, [x.Shape[0], weights.Shape[1], .. lengths], [first, weights, bias is null ? null : Constant(g, bias)],
            OnnxAttribute.Of("strides", windows.Strides), OnnxAttribute.Of("dilations", windows.Gaps), OnnxAttribute.Of("pads", pads), OnnxAttribute.Of("output_padding", extra)) with
        { Declared = x.Declared };
        return activation.Apply(g, windows.FromFirst(g, y));
    }
}
