using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Convolution;

/// <summary>Kernels in ONNX's order of dimensions, and biases where channels are in front.</summary>
internal static class KernelOrder
{
    /// <summary>Turns dimensions; the runtime computes it once, at load.</summary>
    public static Value Turn(Lowering g, Value kernel, int rank, params int[] order)
    {
        if (kernel.Rank != rank)
        {
            throw KerasErrors.Invalid($"a kernel has {kernel.Rank} dimensions, not {rank}");
        }

        return g.Transpose(kernel, order);
    }

    /// <summary>From (windows…, in, out) to (out, in, windows…).</summary>
    public static Value OutFirst(Lowering g, Value kernel, int rank) => Turn(g, kernel, rank + 2, [rank + 1, rank, .. Enumerable.Range(0, rank)]);

    /// <summary>From (windows…, in, times) to (in · times, 1, windows…), for one group a channel.</summary>
    public static Value PerChannel(Lowering g, Value kernel, int rank)
    {
        var turned = Turn(g, kernel, rank + 2, [rank, rank + 1, .. Enumerable.Range(0, rank)]);
        return g.Reshape(turned, [turned.Shape[0] * turned.Shape[1], 1, .. turned.Shape[2..]]);
    }
}
