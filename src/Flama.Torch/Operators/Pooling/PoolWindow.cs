using Flama.Onnx.Graphs;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Pooling;

/// <summary>The window of a pool. Immutable.</summary>
internal sealed record PoolWindow(long[] Kernel, long[] Stride, long[] Padding, long[] Dilation, bool CeilMode)
{
    public IReadOnlyList<OnnxAttribute> Attributes => [OnnxAttribute.Of("kernel_shape", Kernel), OnnxAttribute.Of("strides", Stride)];

    public static PoolWindow Of(OperatorCall call, int rank, long[]? dilation = null)
    {
        var kernel = call.Ints("kernel_size", rank);
        var stride = call.FindInts("stride") is { Length: > 0 } ? call.Ints("stride", rank) : kernel;
        return new(kernel, stride, call.Ints("padding", rank), dilation ?? [.. Enumerable.Repeat(1L, rank)], call.Bool("ceil_mode"));
    }

    /// <summary>The shape of the result: in ceil mode the last window may reach over the end, but not begin in the padding there.</summary>
    public object[] ShapeOf(OperatorCall call, TensorShape input)
    {
        object[] shape = [input[0], input[1], .. Kernel];
        for (var i = 0; i < Kernel.Length; i++)
        {
            shape[i + 2] = Length(call, i, input[i + 2]);
        }

        return shape;
    }

    /// <summary>Padding at both ends so that windows of floor mode are those of this one.</summary>
    public long[] PadsFor(OperatorCall call, TensorShape input)
    {
        long[] pads = [.. Padding, .. Padding];
        for (var i = 0; i < Kernel.Length && CeilMode; i++)
        {
            var length = call.Caller.Whole(input[i + 2], "a length that is pooled in ceil mode");
            var windows = call.Caller.Whole(Length(call, i, length), "a length");
            var needed = ((windows - 1) * Stride[i]) + Reach(i) - (length + (2 * Padding[i]));
            pads[Kernel.Length + i] += Math.Max(0, needed);
        }

        return pads;
    }

    private long Reach(int i) => (Dilation[i] * (Kernel[i] - 1)) + 1;

    private object Length(OperatorCall call, int i, object length)
    {
        var room = SymMath.Add(length, (2 * Padding[i]) - Reach(i));
        if (!CeilMode)
        {
            return SymMath.Add(SymMath.FloorDiv(room, Stride[i]), 1L);
        }

        var known = call.Caller.Whole(length, "a length that is pooled in ceil mode");
        var windows = ((long)SymMath.FloorDiv(known + (2 * Padding[i]) - Reach(i) + Stride[i] - 1, Stride[i])) + 1;
        return (windows - 1) * Stride[i] >= known + Padding[i] ? windows - 1 : windows;
    }
}
