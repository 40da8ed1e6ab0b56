using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;

namespace Flama.Keras.Layers.Convolution;

/// <summary>A layer that moves kernels over its input: kernels, a bias, an activation. A mask does not go through it.</summary>
internal abstract class WindowLayer : ValueLayer
{
    private readonly Weight? bias;
    private readonly Activation activation;

    /// <summary>Declares the kernels, which come before the bias.</summary>
    /// <param name="config">What the file tells of it.</param>
    /// <param name="rank">How many dimensions windows have.</param>
    /// <param name="kernels">How many kernels there are.</param>
    protected WindowLayer(LayerConfig config, int rank, int kernels = 1)
        : base(config)
    {
        Windows = new(config, rank, "kernel_size");
        Kernels = [.. Enumerable.Range(0, kernels).Select(_ => Declare())];
        bias = config.Flag("use_bias", true) ? Declare() : null;
        activation = Activate();
    }

    public sealed override bool PassesMask => false;

    /// <summary>Where windows lie.</summary>
    protected Windows Windows { get; }

    /// <summary>The kernels, in the order of their declaration.</summary>
    protected IReadOnlyList<Weight> Kernels { get; }

    protected sealed override Value Lower(Lowering g, Value x) => activation.Apply(g, Windows.FromFirst(g, Convolve(g, Windows.ToFirst(g, x), bias is null ? null : Constant(g, bias))) with { Declared = x.Declared });

    /// <summary>Writes what comes before the activation.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="x">The input, channels first, as the output is.</param>
    /// <param name="offset">The bias; null for none.</param>
    protected abstract Value Convolve(Lowering g, Value x, Value? offset);
}
