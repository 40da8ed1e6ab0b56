using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Convolution;

/// <summary>Patches of pictures as columns, and back.</summary>
internal static class Columns
{
    /// <summary>A convolution with kernels that each pick one cell.</summary>
    public static Tensor Unfold(OperatorCall call)
    {
        var x = call.Tensor("self");
        var batched = x.Rank == 4 ? x : call.Unsqueeze(x, 0);
        var (kernel, dilation, padding, stride) = (call.Ints("kernel_size", 2), call.Ints("dilation", 2), call.Ints("padding", 2), call.Ints("stride", 2));
        var channels = call.Caller.Whole(batched.Shape[1], "a number of channels");
        var cells = kernel[0] * kernel[1];
        var picks = new float[call.Room(channels, kernel[0], kernel[1], kernel[0], kernel[1])];
        for (var i = 0L; i < channels * cells; i++)
        {
            picks[(i * cells) + (i % cells)] = 1;
        }

        var weight = call.Of(call.Graph.Constant<float>(picks, channels * cells, 1, kernel[0], kernel[1]), TorchType.Float, [channels * cells, 1L, kernel[0], kernel[1]]);
        var made = call.Call("conv2d", batched, weight, null, List(call, stride), List(call, padding), List(call, dilation), channels);
        made = call.Reshape(made, [made.Shape[0], made.Shape[1], SymMath.Mul(made.Shape[2], made.Shape[3])]);
        return x.Rank == 4 ? made : call.Squeeze(made, 0);
    }

    public static Tensor Fold(OperatorCall call)
    {
        var x = call.Tensor("self");
        var batched = x.Rank == 3 ? x : call.Unsqueeze(x, 0);
        var (size, kernel, dilation, padding, stride) = (call.Ints("output_size", 2), call.Ints("kernel_size", 2), call.Ints("dilation", 2), call.Ints("padding", 2), call.Ints("stride", 2));
        var node = call.Node("Col2Im", [call.Name(batched), call.Graph.Vector(size), call.Graph.Vector(kernel)],
            OnnxAttribute.Of("dilations", dilation), OnnxAttribute.Of("pads", [.. padding, .. padding]), OnnxAttribute.Of("strides", stride));
        var made = call.Of(node, x.Type, [batched.Shape[0], SymMath.FloorDiv(batched.Shape[1], kernel[0] * kernel[1]), size[0], size[1]]);
        return x.Rank == 3 ? made : call.Squeeze(made, 0);
    }

    private static PythonList List(OperatorCall call, long[] numbers) => call.List(numbers.Cast<object?>());
}
