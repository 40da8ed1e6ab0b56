using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Convolution;

/// <summary>A convolution of each channel, then one over channels at each place.</summary>
internal sealed class SeparableConv(LayerConfig config, int rank) : WindowLayer(config, rank, kernels: 2)
{
    protected override Value Convolve(Lowering g, Value x, Value? offset)
    {
        var channels = DepthwiseConv.EachChannel(g, Windows, x, Constant(g, Kernels[0]), null);
        var weights = KernelOrder.OutFirst(g, Constant(g, Kernels[1]), Windows.Rank);
        return g.Add("Conv", x.Type, [x.Shape[0], weights.Shape[0], .. channels.Shape[2..]], [channels, weights, offset]);
    }
}
