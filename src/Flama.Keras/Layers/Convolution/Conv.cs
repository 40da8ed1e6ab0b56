using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Convolution;

/// <summary>A convolution in 1 to 3 dimensions; the kernel is (windows…, in / groups, out).</summary>
internal sealed class Conv : ValueLayer
{
    private readonly Windows windows;
    private readonly Weight kernel;
    private readonly Weight? bias;
    private readonly Activation activation;

    public Conv(LayerConfig config, int rank)
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
        var weights = Kernels.OutFirst(g, Constant(g, kernel), windows.Rank);
        var y = g.Add(
            "Conv", x.Type, [x.Shape[0], weights.Shape[0], .. windows.LengthsOf(first)], [first, weights, bias is null ? null : Constant(g, bias)],
            [.. windows.Attributes(first), OnnxAttribute.Of("group", Config.Integer("groups", 1))]) with
        { Declared = x.Declared };
        return activation.Apply(g, windows.FromFirst(g, y));
    }
}
