using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Convolution;

/// <summary>A convolution of each channel alone; the kernel is (windows…, in, times).</summary>
internal sealed class DepthwiseConv : ValueLayer
{
    private readonly Windows windows;
    private readonly Weight kernel;
    private readonly Weight? bias;
    private readonly Activation activation;

    public DepthwiseConv(LayerConfig config, int rank)
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
        var first = windows.ToFirst(g, x);
        var weights = Constant(g, kernel);
        var y = Convolve(g, windows, first, weights, bias is null ? null : Constant(g, bias));
        return activation.Apply(g, windows.FromFirst(g, y));
    }

    /// <summary>The convolution of each channel, channels first.</summary>
    public static Value Convolve(Lowering g, Windows windows, Value first, Value kernel, Value? bias)
    {
        var weights = Kernels.PerChannel(g, kernel, windows.Rank);
        return g.Add(
            "Conv", first.Type, [first.Shape[0], weights.Shape[0], .. windows.LengthsOf(first)], [first, weights, bias],
            [.. windows.Attributes(first), OnnxAttribute.Of("group", kernel.Shape[windows.Rank])]) with
        { Declared = first.Declared };
    }
}
