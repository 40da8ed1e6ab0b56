using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Convolution;

/// <summary>A transposed convolution; the kernel is (windows…, out, in).</summary>
internal sealed class ConvTranspose(LayerConfig config, int rank) : WindowLayer(config, rank)
{
    protected override Value Convolve(Lowering g, Value x, Value? offset)
    {
        var count = Windows.Rank;
        var weights = KernelOrder.OutFirst(g, Constant(g, Kernels[0]), count);
        var outputPadding = Config.Has("output_padding") ? Config.Each("output_padding", count, 0) : null;
        var pads = new long[2 * count];
        var extra = new long[count];
        var lengths = new long[count];
        for (var i = 0; i < count; i++)
        {
            var (size, stride) = (Windows.Sizes[i], Windows.Strides[i]);
            var extent = ((size - 1) * Windows.Gaps[i]) + 1;

            // What the whole of (in - 1) · stride + extent is longer than the output; it may be shorter.
            var surplus = outputPadding is not null
                ? (Windows.IsSame ? 2 * (extent / 2) : 0) - outputPadding[i]
                : Windows.IsSame ? extent - stride : -Math.Max(stride - extent, 0);
            pads[i] = Math.Max(surplus, 0) / 2;
            pads[count + i] = Math.Max(surplus, 0) - pads[i];
            extra[i] = Math.Max(-surplus, 0);
            lengths[i] = x.Shape[i + 2] < 0 ? -1 : ((x.Shape[i + 2] - 1) * stride) + extent - surplus;
        }

        // The operator's own extra places must be fewer than a stride.
        return g.Add(
            "ConvTranspose", x.Type, [x.Shape[0], weights.Shape[1], .. lengths], [x, weights, offset],
            OnnxAttribute.Of("strides", Windows.Strides), OnnxAttribute.Of("dilations", Windows.Gaps), OnnxAttribute.Of("pads", pads), OnnxAttribute.Of("output_padding", extra));
    }
}
