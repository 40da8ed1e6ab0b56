using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Convolution;

/// <summary>A convolution in 1 to 3 dimensions; the kernel is (windows…, in / groups, out).</summary>
internal sealed class Conv(LayerConfig config, int rank) : WindowLayer(config, rank)
{
    protected override Value Convolve(Lowering g, Value x, Value? offset)
    {
        var weights = KernelOrder.OutFirst(g, Constant(g, Kernels[0]), Windows.Rank);
        return g.Add(
            "Conv", x.Type, [x.Shape[0], weights.Shape[0], .. Windows.LengthsOf(x)], [x, weights, offset],
            [.. Windows.Attributes(x), OnnxAttribute.Of("group", Config.Integer("groups", 1))]);
    }
}
