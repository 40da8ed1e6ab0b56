using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;

namespace Flama.Keras.Layers.Convolution;

/// <summary>A convolution of each channel, then one over channels at each place.</summary>
internal sealed class SeparableConv : ValueLayer
{
    private readonly Windows windows;
    private readonly Weight depthwise;
    private readonly Weight pointwise;
    private readonly Weight? bias;
    private readonly Activation activation;

    public SeparableConv(LayerConfig config, int rank)
        : base(config)
    {
        windows = new(config, rank, "kernel_size");
        depthwise = Declare();
        pointwise = Declare();
        bias = config.Flag("use_bias", true) ? Declare() : null;
        activation = Activation.Of(config);
    }

    public override bool PassesMask => false;

    protected override Value Lower(Lowering g, Value x)
    {
        var channels = DepthwiseConv.Convolve(g, windows, windows.ToFirst(g, x), Constant(g, depthwise), null);
        var weights = Kernels.OutFirst(g, Constant(g, pointwise), windows.Rank);
        var y = g.Add("Conv", x.Type, [x.Shape[0], weights.Shape[0], .. channels.Shape[2..]], [channels, weights, bias is null ? null : Constant(g, bias)]) with { Declared = x.Declared };
        return activation.Apply(g, windows.FromFirst(g, y));
    }
}
