using Flama.Onnx.Graphs;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Convolution;

/// <summary>Convolutions, forward and transposed; an input without a batch gets one of 1.</summary>
internal static class Convolutions
{
    public static Tensor Forward(OperatorCall call)
    {
        var rank = call.Tensor("weight").Rank - 2;
        var padding = call.Ints("padding", rank);
        return Forward(call, [.. padding, .. padding]);
    }

    /// <summary>Padding "same" puts the odd cell at the end.</summary>
    public static Tensor Named(OperatorCall call)
    {
        var weight = call.Tensor("weight");
        var rank = weight.Rank - 2;
        var dilation = call.Ints("dilation", rank);
        var pads = new long[2 * rank];
        for (var i = 0; i < rank && call.Text("padding") == "same"; i++)
        {
            var total = dilation[i] * (Known(call, weight.Shape[i + 2]) - 1);
            pads[i] = total / 2;
            pads[rank + i] = total - pads[i];
        }

        return Forward(call, pads);
    }

    public static Tensor Either(OperatorCall call) => call.Bool("transposed") ? Transposed(call) : Forward(call);

    public static Tensor Transposed(OperatorCall call)
    {
        var (x, weight, bias) = (call.Tensor("input"), call.Tensor("weight"), call.FindTensor("bias"));
        var rank = weight.Rank - 2;
        var (stride, padding, extra, dilation) = (call.Ints("stride", rank), call.Ints("padding", rank), call.Ints("output_padding", rank), call.Ints("dilation", rank));
        var groups = call.Int("groups");
        var batched = x.Rank == weight.Rank ? x : call.Unsqueeze(x, 0);
        var shape = new object[rank + 2];
        (shape[0], shape[1]) = (batched.Shape[0], SymMath.Mul(weight.Shape[1], groups));
        for (var i = 0; i < rank; i++)
        {
            var grown = SymMath.Mul(SymMath.Add(batched.Shape[i + 2], -1L), stride[i]);
            shape[i + 2] = SymMath.Add(grown, (dilation[i] * (Known(call, weight.Shape[i + 2]) - 1)) - (2 * padding[i]) + extra[i] + 1);
        }

        return Node(call, "ConvTranspose", x, batched, weight, bias, shape,
            OnnxAttribute.Of("strides", stride), OnnxAttribute.Of("pads", [.. padding, .. padding]), OnnxAttribute.Of("output_padding", extra), OnnxAttribute.Of("dilations", dilation), OnnxAttribute.Of("group", groups));
    }

    private static Tensor Forward(OperatorCall call, long[] pads)
    {
        var (x, weight, bias) = (call.Tensor("input"), call.Tensor("weight"), call.FindTensor("bias"));
        var rank = weight.Rank - 2;
        var (stride, dilation) = (call.Ints("stride", rank), call.Ints("dilation", rank));
        var batched = x.Rank == weight.Rank ? x : call.Unsqueeze(x, 0);
        if (batched.Rank != weight.Rank)
        {
            throw TorchErrors.Input($"An input of {rank + 2} dimensions is expected, not of {x.Rank} (aten::{call.Operator} {call.Caller.Place}).");
        }

        call.Broadcast([batched.Shape[1]], [SymMath.Mul(weight.Shape[1], call.Int("groups"))]);
        var shape = new object[rank + 2];
        (shape[0], shape[1]) = (batched.Shape[0], weight.Shape[0]);
        for (var i = 0; i < rank; i++)
        {
            var reach = dilation[i] * (Known(call, weight.Shape[i + 2]) - 1);
            shape[i + 2] = SymMath.Add(SymMath.FloorDiv(SymMath.Add(batched.Shape[i + 2], pads[i] + pads[rank + i] - reach - 1), stride[i]), 1L);
        }

        return Node(call, "Conv", x, batched, weight, bias, shape,
            OnnxAttribute.Of("strides", stride), OnnxAttribute.Of("pads", pads), OnnxAttribute.Of("dilations", dilation), OnnxAttribute.Of("group", call.Int("groups")));
    }

    private static Tensor Node(OperatorCall call, string onnx, Tensor x, Tensor batched, Tensor weight, Tensor? bias, object[] shape, params IReadOnlyList<OnnxAttribute> attributes)
    {
        var type = OperatorCall.FloatFor(onnx, x.Type);
        string[] values = bias is null ? [call.As(batched, type), call.As(weight, type)] : [call.As(batched, type), call.As(weight, type), call.As(bias, type)];
        var made = call.Made(call.Node(onnx, values, attributes), type, x.Type, shape);
        return ReferenceEquals(x, batched) ? made : call.Squeeze(made, 0);
    }

    private static long Known(OperatorCall call, object length) => call.Caller.Whole(length, "a length of a kernel");
}
