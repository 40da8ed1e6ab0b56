using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Arithmetic;

/// <summary>Operators of two tensors, element by element.</summary>
internal static class Binary
{
    public static Tensor Add(OperatorCall call) => Combine(call, "Add", call.Tensor("self"), Scaled(call, call.Tensor("other")));

    public static Tensor Subtract(OperatorCall call) => Combine(call, "Sub", call.Tensor("self"), Scaled(call, call.Tensor("other")));

    public static Tensor SubtractFrom(OperatorCall call) => Combine(call, "Sub", call.Tensor("other"), Scaled(call, call.Tensor("self")));

    public static Tensor Multiply(OperatorCall call) => Combine(call, "Mul", call.Tensor("self"), call.Tensor("other"));

    /// <summary>Computes in the type that both are promoted to; numbers that are known are computed now.</summary>
    public static Tensor Combine(OperatorCall call, string onnx, Tensor a, Tensor b)
    {
        var type = OperatorCall.Promote(a, b);
        if (a.Value.Scalar is { } first && b.Value.Scalar is { } second)
        {
            var number = onnx switch { "Add" => SymMath.Add(Exact(first), Exact(second)), "Sub" => SymMath.Sub(Exact(first), Exact(second)), _ => SymMath.Mul(Exact(first), Exact(second)) };
            return new Tensor(new TensorValue(type, []) { Scalar = type == TorchType.Bool ? SymMath.Apply("bool", number) : number, IsNumber = a.Value.IsNumber && b.Value.IsNumber }, call.Graph.Scope);
        }

        // Truth values add and multiply as "or" and "and".
        var shape = call.Broadcast(a.Shape, b.Shape);
        if (type == TorchType.Bool)
        {
            return call.Of(call.Node(onnx == "Mul" ? "And" : "Or", [call.As(a, type), call.As(b, type)]), type, shape);
        }

        var working = OperatorCall.Working(type);
        return call.Made(call.Node(onnx, [call.As(a, working), call.As(b, working)]), working, type, shape);
    }

    public static Tensor AddProduct(OperatorCall call) =>
        call.Call("add", call.Tensor("self"), call.Call("mul", call.Call("mul", call.Tensor("tensor1"), call.Tensor("tensor2")), call.Size("value")));

    public static Tensor AddQuotient(OperatorCall call) =>
        call.Call("add", call.Tensor("self"), call.Call("mul", call.Call("div", call.Tensor("tensor1"), call.Tensor("tensor2")), call.Size("value")));

    public static Tensor Lerp(OperatorCall call)
    {
        var self = call.Tensor("self");
        return call.Call("add", self, call.Call("mul", call.Tensor("weight"), call.Call("sub", call.Tensor("end"), self)));
    }

    /// <summary>x · log(y), 0 where x is 0 and y is a number.</summary>
    public static Tensor XLogY(OperatorCall call)
    {
        var (x, y) = (call.Tensor("self"), call.Tensor("other"));
        var product = call.Call("mul", x, call.Call("log", y));
        var isZero = call.Call("logical_and", call.Call("eq", x, 0L), call.Call("logical_not", call.Call("isnan", y)));
        return call.Call("where", isZero, call.Call("zeros_like", product), product);
    }

    public static Tensor CopySign(OperatorCall call)
    {
        var (x, y) = (call.Tensor("self"), call.Tensor("other"));

        // 1/−0 is −∞: that tells the sign of a zero.
        var inverse = call.Float("Reciprocal", y);
        var isNegative = call.Call("where", call.Call("eq", y, 0L), call.Call("lt", inverse, 0L), call.Call("lt", y, 0L));
        var size = call.Call("abs", call.Call("mul", x, 1.0));
        return call.Call("where", isNegative, call.Call("neg", size), size);
    }

    public static Tensor Atan2(OperatorCall call)
    {
        var (y, x) = (call.Tensor("self"), call.Tensor("other"));
        var angle = call.Call("atan", call.Call("div", y, x));
        var turned = call.Call("add", angle, call.Call("where", call.Call("lt", y, 0L), call.TensorOf(-Math.PI), call.TensorOf(Math.PI)));
        var onAxis = call.Call("mul", call.Call("sign", y), Math.PI / 2);
        return call.Call("where", call.Call("gt", x, 0L), angle, call.Call("where", call.Call("lt", x, 0L), turned, onAxis));
    }

    public static Tensor Hypot(OperatorCall call) =>
        call.Call("sqrt", call.Call("add", call.Call("square", call.Tensor("self")), call.Call("square", call.Tensor("other"))));

    public static Tensor LogAddExp(OperatorCall call)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("other"));
        var larger = call.Call("maximum", a, b);
        var rest = call.Call("neg", call.Call("abs", call.Call("sub", a, b)));
        return call.Call("add", larger, call.Call("log1p", call.Call("exp", rest)));
    }

    public static Tensor Heaviside(OperatorCall call)
    {
        var (x, values) = (call.Tensor("self"), call.Tensor("values"));
        return call.Call("where", call.Call("eq", x, 0L), values, call.Call("to", call.Call("gt", x, 0L), (long)x.Type));
    }

    private static Tensor Scaled(OperatorCall call, Tensor tensor) => call.Size("alpha") is 1L or 1.0 ? tensor : Combine(call, "Mul", tensor, call.Tensor("alpha"));

    private static object Exact(object number) => number is bool truth ? (truth ? 1L : 0L) : number;
}
