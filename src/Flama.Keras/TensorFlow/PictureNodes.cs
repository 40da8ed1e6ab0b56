using Flama.Keras.Graphs;
using Flama.Keras.Layers.Convolution;
using Flama.Onnx.Graphs;

namespace Flama.Keras.TensorFlow;

/// <summary>Convolutions, poolings, normalisations and pictures.</summary>
internal static class PictureNodes
{
    public static IReadOnlyDictionary<string, Func<GraphCall, object?[]>> All { get; } = new Dictionary<string, Func<GraphCall, object?[]>>(StringComparer.Ordinal)
    {
        ["Conv2D"] = call => [Convolve(call, 2)],
        ["Conv3D"] = call => [Convolve(call, 3)],
        ["DepthwiseConv2dNative"] = call => [Depthwise(call)],
        ["Conv2DBackpropInput"] = call => [Transposed(call, 2)],
        ["Conv3DBackpropInputV2"] = call => [Transposed(call, 3)],
        ["MaxPool"] = call => [Pool(call, 2, "MaxPool")],
        ["AvgPool"] = call => [Pool(call, 2, "AveragePool")],
        ["MaxPool3D"] = call => [Pool(call, 3, "MaxPool")],
        ["AvgPool3D"] = call => [Pool(call, 3, "AveragePool")],
        ["FusedBatchNormV3"] = Normalize,
        ["FusedBatchNorm"] = Normalize,
        ["ResizeBilinear"] = call => [Resize(call, "linear")],
        ["ResizeNearestNeighbor"] = call => [Resize(call, "nearest")],
        ["SpaceToBatchND"] = call => [SpaceToBatch(call)],
        ["BatchToSpaceND"] = call => [BatchToSpace(call)],
    };

    private static bool IsFirst(GraphCall call) => call.Node.Text("data_format").StartsWith("NC", StringComparison.Ordinal);

    private static Value ToFirst(GraphCall call, Value x, int rank) => x.Rank != rank + 2
        ? throw KerasErrors.Unsupported(call.Node.Name, "reads a picture of a rank that is not known")
        : IsFirst(call) ? x : call.G.Transpose(x, [0, rank + 1, .. Enumerable.Range(1, rank)]);

    private static Value FromFirst(GraphCall call, Value y, int rank) => IsFirst(call) ? y : call.G.Transpose(y, [0, .. Enumerable.Range(2, rank), 1]);

    private static long[] Inner(GraphCall call, string name, int rank) => call.Node.Integers(name) is { } all && all.Length == rank + 2 ? all.AsSpan(IsFirst(call) ? 2 : 1, rank).ToArray() : [.. Enumerable.Repeat(1L, rank)];

    // The pads of both sides; null where the runtime has to find them.
    private static List<OnnxAttribute> Padding(GraphCall call, Value first, int rank, long[] sizes, long[] strides, long[] gaps, out long[] lengths)
    {
        lengths = new long[rank];
        List<OnnxAttribute> attributes = [];
        var before = new long[rank];
        var after = new long[rank];
        var isKnown = true;
        var explicitPads = call.Node.Integers("explicit_paddings");
        for (var i = 0; i < rank; i++)
        {
            var length = first.Shape[i + 2];
            var extent = ((sizes[i] - 1) * gaps[i]) + 1;
            switch (call.Node.Text("padding"))
            {
                case "SAME":
                    lengths[i] = length < 0 ? -1 : (length + strides[i] - 1) / strides[i];
                    isKnown &= length >= 0 || strides[i] == 1;
                    var total = length < 0 ? extent - 1 : Math.Max(0, ((lengths[i] - 1) * strides[i]) + extent - length);
                    (before[i], after[i]) = (total / 2, total - (total / 2));
                    break;
                case "EXPLICIT" when explicitPads.Length == 2 * (rank + 2):
                    var at = 2 * (i + (IsFirst(call) ? 2 : 1));
                    (before[i], after[i]) = (explicitPads[at], explicitPads[at + 1]);
                    goto default;
                default:
                    lengths[i] = length < 0 ? -1 : Math.Max(0, ((length + before[i] + after[i] - extent) / strides[i]) + 1);
                    break;
            }
        }

        attributes.Add(isKnown ? OnnxAttribute.Of("pads", (IReadOnlyList<long>)[.. before, .. after]) : OnnxAttribute.Of("auto_pad", "SAME_UPPER"));
        return attributes;
    }

    private static Value Convolve(GraphCall call, int rank)
    {
        var first = ToFirst(call, call[0], rank);
        var kernel = KernelOrder.OutFirst(call.G, call[1], rank);
        var (strides, gaps) = (Inner(call, "strides", rank), Inner(call, "dilations", rank));
        var padding = Padding(call, first, rank, kernel.Shape[2..], strides, gaps, out var lengths);
        var groups = first.Shape[1] > 0 && kernel.Shape[1] > 0 ? first.Shape[1] / kernel.Shape[1] : 1;
        var y = call.G.Add("Conv", first.Type, [first.Shape[0], kernel.Shape[0], .. lengths], [first, kernel], [.. padding, OnnxAttribute.Of("strides", strides), OnnxAttribute.Of("dilations", gaps), OnnxAttribute.Of("group", groups)]);
        return FromFirst(call, y, rank);
    }

    private static Value Depthwise(GraphCall call)
    {
        var first = ToFirst(call, call[0], 2);
        var kernel = KernelOrder.PerChannel(call.G, call[1], 2);
        var (strides, gaps) = (Inner(call, "strides", 2), Inner(call, "dilations", 2));
        var padding = Padding(call, first, 2, kernel.Shape[2..], strides, gaps, out var lengths);
        var y = call.G.Add("Conv", first.Type, [first.Shape[0], kernel.Shape[0], .. lengths], [first, kernel], [.. padding, OnnxAttribute.Of("strides", strides), OnnxAttribute.Of("dilations", gaps), OnnxAttribute.Of("group", call[1].Shape[2])]);
        return FromFirst(call, y, 2);
    }

    private static Value Transposed(GraphCall call, int rank)
    {
        var first = ToFirst(call, call[2], rank);
        var kernel = KernelOrder.OutFirst(call.G, call[1], rank);
        var strides = Inner(call, "strides", rank);
        var gaps = Inner(call, "dilations", rank);
        var wanted = ShapeNodes.ShapeOf(call, 0);
        var pads = new long[2 * rank];
        var extra = new long[rank];
        var lengths = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            lengths[i] = wanted[i + (IsFirst(call) ? 2 : 1)];
            var extent = ((kernel.Shape[i + 2] - 1) * gaps[i]) + 1;
            var surplus = lengths[i] >= 0 && first.Shape[i + 2] >= 0
                ? ((first.Shape[i + 2] - 1) * strides[i]) + extent - lengths[i]
                : call.Node.Text("padding") == "SAME" ? extent - strides[i] : -Math.Max(strides[i] - extent, 0);
            pads[i] = Math.Max(surplus, 0) / 2;
            pads[rank + i] = Math.Max(surplus, 0) - pads[i];
            extra[i] = Math.Max(-surplus, 0);
        }

        var y = call.G.Add("ConvTranspose", first.Type, [first.Shape[0], kernel.Shape[1], .. lengths], [first, kernel],
            OnnxAttribute.Of("strides", strides), OnnxAttribute.Of("dilations", gaps), OnnxAttribute.Of("pads", pads), OnnxAttribute.Of("output_padding", extra));
        return FromFirst(call, y, rank);
    }

    private static Value Pool(GraphCall call, int rank, string op)
    {
        var first = ToFirst(call, call[0], rank);
        var (sizes, strides) = (Inner(call, "ksize", rank), Inner(call, "strides", rank));
        var padding = Padding(call, first, rank, sizes, strides, [.. Enumerable.Repeat(1L, rank)], out var lengths);
        return FromFirst(call, call.G.Add(op, first.Type, [first.Shape[0], first.Shape[1], .. lengths], [first], [.. padding, OnnxAttribute.Of("kernel_shape", sizes), OnnxAttribute.Of("strides", strides)]), rank);
    }

    private static object?[] Normalize(GraphCall call)
    {
        var g = call.G;
        var (mean, variance) = (call.Inputs[3] as Value, call.Inputs[4] as Value);
        if (call.Node.Flag("is_training", true))
        {
            // Layer normalization of Keras 2 is one of these, with the statistics of what it is given.
            var channel = IsFirst(call) ? 1 : call[0].Rank - 1;
            long[] axes = [.. Enumerable.Range(0, call[0].Rank).Where(axis => axis != channel).Select(axis => (long)axis)];
            (mean, variance) = g.Moments(call[0], axes);
            (mean, variance) = (g.Squeeze(mean, axes), g.Squeeze(variance, axes));
        }

        var scale = g.Over(call[1], g.Unary("Sqrt", g.Plus(variance!, call.Node.Float("epsilon", 1e-4f))));
        var offset = g.Minus(call[2], g.Times(mean!, scale));
        long[] shape = IsFirst(call) ? [-1, .. Enumerable.Repeat(1L, call[0].Rank - 2)] : [-1];
        return [g.Plus(g.Times(call[0], g.Reshape(scale, shape)), g.Reshape(offset, shape)), mean, variance];
    }

    private static Value Resize(GraphCall call, string mode)
    {
        var x = call.G.Float(call[0]);
        var size = ShapeNodes.ShapeOf(call, 1);
        if (!call.Node.Flag("half_pixel_centers") || call.Node.Flag("align_corners") || size.Length != 2 || x.Rank != 4)
        {
            throw KerasErrors.Unsupported(call.Node.Name, "resizes without half-pixel centres");
        }

        var first = call.G.Transpose(x, 0, 3, 1, 2);
        var shape = call.G.ShapeOf(first);
        var sizes = call.G.Concat([call.G.Slice(shape, 0, 0, 2), call.G.Cast(call[1], OnnxElementType.Int64)], 0);
        var y = call.G.Add("Resize", x.Type, [first.Shape[0], first.Shape[1], .. size], [first, null, null, sizes],
            OnnxAttribute.Of("mode", mode), OnnxAttribute.Of("coordinate_transformation_mode", "half_pixel"), OnnxAttribute.Of("nearest_mode", "round_prefer_ceil"));
        return call.G.Transpose(y, 0, 2, 3, 1);
    }

    // (batch, length, channels) with gaps: each place of a block is an example of its own.
    private static Value SpaceToBatch(GraphCall call)
    {
        var x = call[0];
        if (call.Known(1) is not [var block] || call.Known(2) is not [var before, var after] || x.Rank < 3 || x.Shape[1] < 0)
        {
            throw KerasErrors.Unsupported(call.Node.Name, "parts more than one dimension, or one of no fixed length");
        }

        var pads = new long[x.Rank];
        var ends = new long[x.Rank];
        (pads[1], ends[1]) = (before, after);
        x = call.G.Pad(x, pads, ends);
        var parted = call.G.ReshapeTo(x, call.G.ShapeFrom([(x.Shape[0], x, 0), (x.Shape[1] / block, null, 0), (block, null, 0), .. Rest(x)]), [x.Shape[0], x.Shape[1] / block, block, .. x.Shape[2..]]);
        var turned = call.G.Transpose(parted, [2, 0, 1, .. Enumerable.Range(3, parted.Rank - 3)]);
        return call.G.ReshapeTo(turned, call.G.ShapeFrom([(-1, null, 0), (x.Shape[1] / block, null, 0), .. Rest(x)], flexible: 0), [-1, x.Shape[1] / block, .. x.Shape[2..]]);
    }

    private static Value BatchToSpace(GraphCall call)
    {
        var x = call[0];
        if (call.Known(1) is not [var block] || call.Known(2) is not [var before, var after] || x.Rank < 3 || x.Shape[1] < 0)
        {
            throw KerasErrors.Unsupported(call.Node.Name, "joins more than one dimension, or one of no fixed length");
        }

        var parted = call.G.ReshapeTo(x, call.G.ShapeFrom([(block, null, 0), (-1, null, 0), (x.Shape[1], null, 0), .. Rest(x)], flexible: 1), [block, -1, x.Shape[1], .. x.Shape[2..]]);
        var turned = call.G.Transpose(parted, [1, 2, 0, .. Enumerable.Range(3, parted.Rank - 3)]);
        var joined = call.G.ReshapeTo(turned, call.G.ShapeFrom([(-1, null, 0), (x.Shape[1] * block, null, 0), .. Rest(x)], flexible: 0), [-1, x.Shape[1] * block, .. x.Shape[2..]]);
        return call.G.Slice(joined, 1, before, (x.Shape[1] * block) - after);
    }

    private static IEnumerable<(long, Value?, int)> Rest(Value x) => Enumerable.Range(2, x.Rank - 2).Select(i => (x.Shape[i], (Value?)x, i));
}
