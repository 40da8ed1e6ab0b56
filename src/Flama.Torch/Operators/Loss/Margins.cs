using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Loss;

/// <summary>Losses by margins.</summary>
internal static class Margins
{
    public static Tensor HingeEmbedding(OperatorCall call)
    {
        var (x, target) = (call.Tensor("self"), call.Tensor("target"));
        var zero = call.Call("zeros_like", x);
        var apart = call.Call("where", call.Call("eq", target, 1L), zero, call.Call("clamp_min", call.Call("rsub", x, call.Double("margin")), 0.0));
        return Losses.Reduced(call, call.Call("add", apart, call.Call("where", call.Call("eq", target, -1L), zero, x)));
    }

    public static Tensor Ranking(OperatorCall call)
    {
        var difference = call.Call("neg", call.Call("mul", call.Tensor("target"), call.Call("sub", call.Tensor("input1"), call.Tensor("input2"))));
        return Losses.Reduced(call, call.Call("clamp_min", call.Call("add", difference, call.Double("margin")), 0.0));
    }

    public static Tensor Triplet(OperatorCall call)
    {
        var (anchor, positive, negative) = (call.Tensor("anchor"), call.Tensor("positive"), call.Tensor("negative"));
        var far = Distance(anchor, negative);
        far = call.Bool("swap") ? call.Call("minimum", far, Distance(positive, negative)) : far;
        return Losses.Reduced(call, call.Call("clamp_min", call.Call("add", call.Call("sub", Distance(anchor, positive), far), call.Double("margin")), 0.0));

        Tensor Distance(Tensor a, Tensor b) => call.Call("pairwise_distance", a, b, call.Double("p"), call.Double("eps"));
    }

    public static Tensor CosineEmbedding(OperatorCall call)
    {
        var (a, b, target) = (call.Tensor("input1"), call.Tensor("input2"), call.Tensor("target"));
        const double Epsilon = 1e-12;
        var product = Sum(call.Call("mul", a, b));
        var lengths = call.Call("mul", call.Call("add", Sum(call.Call("square", a)), Epsilon), call.Call("add", Sum(call.Call("square", b)), Epsilon));
        var cosine = call.Call("div", product, call.Call("sqrt", lengths));
        var zero = call.Call("zeros_like", cosine);
        var near = call.Call("where", call.Call("eq", target, 1L), call.Call("rsub", cosine, 1.0), zero);
        var far = call.Call("where", call.Call("eq", target, -1L), call.Call("clamp_min", call.Call("sub", cosine, call.Double("margin")), 0.0), zero);
        return Losses.Reduced(call, call.Call("add", near, far));

        Tensor Sum(Tensor x) => call.Call("sum", x, call.List([-1L]));
    }

    public static Tensor Multi(OperatorCall call)
    {
        var (x, target) = (call.Tensor("self"), call.Tensor("target"));
        var own = call.Call("gather", x, -1L, call.Unsqueeze(target, target.Rank));
        var distance = call.Call("clamp_min", call.Call("add", call.Call("sub", x, own), call.Get("margin")), 0.0);
        distance = call.Double("p") == 2 ? call.Call("square", distance) : distance;
        distance = call.FindTensor("weight") is { } weight ? call.Call("mul", distance, call.Call("index_select", weight, 0L, target) is var chosen ? call.Unsqueeze(chosen, 1) : weight) : distance;
        var isOther = call.Call("ne", call.Call("arange", x.Shape[^1]), call.Unsqueeze(target, target.Rank));
        var sum = call.Call("sum", call.Call("mul", distance, call.To(isOther, x.Type)), call.List([-1L]));
        return Losses.Reduced(call, call.Call("div", sum, call.Number(x.Shape[^1], x.Type)));
    }
}
