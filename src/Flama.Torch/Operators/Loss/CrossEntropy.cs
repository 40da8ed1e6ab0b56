using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Loss;

/// <summary>Losses of classes; they stand along dimension 1, or 0 where there is no batch.</summary>
internal static class CrossEntropy
{
    public static Tensor OfLogits(OperatorCall call)
    {
        var x = call.Tensor("self");
        var target = call.Tensor("target");
        var axis = x.Rank == 1 ? 0L : 1L;
        var logs = call.Call("log_softmax", x, axis);
        var smoothing = call.Double("label_smoothing");
        if (TorchTypes.IsFloating(target.Type))
        {
            // Probabilities of classes.
            target = smoothing > 0 ? call.Call("add", call.Call("mul", target, 1 - smoothing), call.Number(SymMath.Apply("truediv", smoothing, x.Shape[(int)axis]), target.Type)) : target;
            var products = call.Call("mul", target, logs);
            products = call.FindTensor("weight") is { } weight ? call.Call("mul", products, Along(call, weight, x.Rank)) : products;
            var losses = call.Call("neg", call.Call("sum", products, call.List([axis])));
            return call.Int("reduction") switch
            {
                0 => losses,
                2 => call.Call("sum", losses),
                _ => call.Call("div", call.Call("sum", losses), call.Number(x.Rank == 1 ? 1L : SymMath.Product(losses.Shape), x.Type)),
            };
        }

        if (smoothing == 0)
        {
            return NegativeLogLikelihood(call, logs);
        }

        if (call.FindTensor("weight") is not null || call.Int("ignore_index") >= 0)
        {
            throw call.Refused("smoothed labels with weights or an ignored class");
        }

        var smooth = Losses.Reduced(call, call.Call("neg", call.Call("mean", logs, call.List([axis]))));
        return call.Call("add", call.Call("mul", NegativeLogLikelihood(call, logs), 1 - smoothing), call.Call("mul", smooth, smoothing));
    }

    /// <summary>−log p of each target; the mean is by the weights.</summary>
    public static Tensor NegativeLogLikelihood(OperatorCall call, Tensor logs)
    {
        var target = call.Tensor("target");
        var axis = logs.Rank == 1 ? 0 : 1;
        var isCounted = call.Call("ne", target, call.Int("ignore_index"));
        var safe = call.Call("where", isCounted, target, call.Number(0L, target.Type));
        var chosen = call.Call("neg", call.Call("squeeze", call.Call("gather", logs, (long)axis, call.Unsqueeze(safe, axis)), (long)axis));
        var weights = call.FindTensor("weight") is { } given ? call.Call("take", given, safe) : call.Call("ones_like", chosen);
        weights = call.Call("where", isCounted, weights, call.Number(0.0, weights.Type));
        var losses = call.Call("mul", chosen, weights);
        return call.Int("reduction") switch
        {
            0 => losses,
            1 => call.Call("div", call.Call("sum", losses), call.Call("sum", weights)),
            _ => call.Call("sum", losses),
        };
    }

    private static Tensor Along(OperatorCall call, Tensor weight, int rank) => rank == 1 ? weight : call.Reshape(weight, [weight.Shape[0], .. Enumerable.Repeat((object)1L, rank - 2)]);
}
