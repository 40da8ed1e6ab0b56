using Flama.Onnx.Graphs;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Linear;

/// <summary>Products of matrices and vectors.</summary>
internal static class Products
{
    /// <summary>x · Wᵀ + b.</summary>
    public static Tensor Linear(OperatorCall call)
    {
        var (x, weight, bias) = (call.Tensor("input"), call.Tensor("weight"), call.FindTensor("bias"));
        if (weight.Rank != 2)
        {
            var product = MatMul(call, x, weight);
            return bias is null ? product : call.Call("add", product, bias);
        }

        var type = OperatorCall.Promote(x, weight);
        object[] shape = [.. x.Shape[..^1], weight.Shape[0]];
        if (x.Rank > 0)
        {
            call.Broadcast([x.Shape[^1]], [weight.Shape[1]]);
        }

        if (x.Rank == 2)
        {
            string[] values = bias is null ? [call.As(x, type), call.As(weight, type)] : [call.As(x, type), call.As(weight, type), call.As(bias, type)];
            return call.Of(call.Node("Gemm", values, OnnxAttribute.Of("transB", 1L)), type, shape);
        }

        var made = call.Of(call.Node("MatMul", [call.As(x, type), call.Name(call.Permute(call.To(weight, type), 1, 0))]), type, shape);
        return bias is null ? made : call.Call("add", made, bias);
    }

    public static Tensor MatMul(OperatorCall call, Tensor a, Tensor b)
    {
        var type = OperatorCall.Promote(a, b);
        if (a.Rank == 0 || b.Rank == 0)
        {
            throw call.Refused("a matrix or vector is expected");
        }

        call.Broadcast([a.Shape[^1]], [b.Shape[b.Rank == 1 ? 0 : b.Rank - 2]]);
        object[] batch = call.Broadcast(a.Rank > 2 ? a.Shape[..^2] : [], b.Rank > 2 ? b.Shape[..^2] : []);
        object[] shape = [.. batch, .. a.Rank > 1 ? a.Shape[^2..^1] : [], .. b.Rank > 1 ? b.Shape[^1..] : []];
        var working = OperatorCall.Working(type);
        return call.Made(call.Node("MatMul", [call.As(a, working), call.As(b, working)]), working, type, shape);
    }

    /// <summary>beta · self + alpha · product; beta of 0 leaves self out, whatever it holds.</summary>
    public static Tensor Added(OperatorCall call, string first, string second)
    {
        var product = MatMul(call, call.Tensor(first), call.Tensor(second));
        product = call.Size("alpha") is 1L or 1.0 ? product : call.Call("mul", product, call.Get("alpha"));
        return call.Size("beta") is 0L or 0.0 ? product
            : call.Call("add", call.Size("beta") is 1L or 1.0 ? call.Tensor("self") : call.Call("mul", call.Tensor("self"), call.Get("beta")), product);
    }

    public static Tensor Outer(OperatorCall call) => call.Call("mul", call.Unsqueeze(call.Tensor("self"), 1), call.Unsqueeze(call.Tensor("vec2"), 0));

    public static Tensor Kron(OperatorCall call)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("other"));
        var rank = Math.Max(a.Rank, b.Rank);
        a = call.Reshape(a, [.. Enumerable.Repeat((object)1L, rank - a.Rank), .. a.Shape]);
        b = call.Reshape(b, [.. Enumerable.Repeat((object)1L, rank - b.Rank), .. b.Shape]);
        var product = call.Call("mul", call.Unsqueeze(a, [.. Enumerable.Range(0, rank).Select(i => (2 * i) + 1)]), call.Unsqueeze(b, [.. Enumerable.Range(0, rank).Select(i => 2 * i)]));
        return call.Reshape(product, [.. a.Shape.Zip(b.Shape, SymMath.Mul)]);
    }

    /// <summary>y[n, o] = Σ x₁[n, i] · W[o, i, j] · x₂[n, j] + b[o].</summary>
    public static Tensor Bilinear(OperatorCall call)
    {
        var (x, y, weight) = (call.Tensor("input1"), call.Tensor("input2"), call.Tensor("weight"));
        object[] shape = [.. x.Shape[..^1], weight.Shape[0]];
        var made = call.Of(call.Node("Einsum", [call.Name(x), call.Name(weight), call.Name(y)], OnnxAttribute.Of("equation", "...i,oij,...j->...o")), x.Type, shape);
        return call.FindTensor("bias") is { } bias ? call.Call("add", made, bias) : made;
    }

    /// <summary>g · v / ‖v‖, the norm over all dimensions but one.</summary>
    public static Tensor WeightNorm(OperatorCall call)
    {
        var (v, g) = (call.Tensor("v"), call.Tensor("g"));
        var kept = call.Int("dim");
        var axes = Enumerable.Range(0, v.Rank).Where(axis => axis != kept).Select(axis => (object?)(long)axis);
        var norm = call.Call("sqrt", call.Call("sum", call.Call("square", v), call.List(axes), true));
        return call.Call("mul", v, call.Call("div", g, norm));
    }

    public static Tensor CosineSimilarity(OperatorCall call)
    {
        var (a, b, dim, eps) = (call.Tensor("x1"), call.Tensor("x2"), call.Int("dim"), call.Double("eps"));
        var product = call.Call("sum", call.Call("mul", a, b), call.List([dim]));
        return call.Call("div", product, call.Call("mul", Norm(a), Norm(b)));

        Tensor Norm(Tensor x) => call.Call("clamp_min", call.Call("sqrt", call.Call("sum", call.Call("square", x), call.List([dim]))), eps);
    }

    public static Tensor Determinant(OperatorCall call, Tensor x)
    {
        var type = OperatorCall.FloatFor("Det", x.Type);
        return call.Made(call.Node("Det", [call.As(x, type)]), type, x.Type, x.Shape[..^2]);
    }
}
