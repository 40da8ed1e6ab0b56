using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Convolution;

/// <summary>A convolution of each channel alone; the kernel is (windows…, in, times).</summary>
internal sealed class DepthwiseConv(LayerConfig config, int rank) : WindowLayer(config, rank)
{
    protected override Value Convolve(Lowering g, Value x, Value? offset) => EachChannel(g, Windows, x, Constant(g, Kernels[0]), offset);

    /// <summary>The convolution of each channel, channels first.</summary>
    public static Value EachChannel(Lowering g, Windows windows, Value first, Value kernel, Value? offset)
    {
        var weights = KernelOrder.PerChannel(g, kernel, windows.Rank);
        return g.Add(
            "Conv", first.Type, [first.Shape[0], weights.Shape[0], .. windows.LengthsOf(first)], [first, weights, offset],
            [.. windows.Attributes(first), OnnxAttribute.Of("group", kernel.Shape[windows.Rank])]);
    }
}
