using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Recurrent;

/// <summary>One step of recurrent layers.</summary>
internal static class Cells
{
    public static (Tensor Hidden, Tensor Memory) Lstm(OperatorCall call, Tensor x, Tensor h, Tensor c, CellWeights weights)
    {
        var gates = call.CallMany(4, "chunk", Sum(call, x, h, weights), 4L, -1L);
        var kept = call.Call("mul", call.Call("sigmoid", gates[1]), c);
        var memory = call.Call("add", kept, call.Call("mul", call.Call("sigmoid", gates[0]), call.Call("tanh", gates[2])));
        var hidden = call.Call("mul", call.Call("sigmoid", gates[3]), call.Call("tanh", memory));
        return (weights.Projection is { } projection ? call.Call("linear", hidden, projection) : hidden, memory);
    }

    /// <summary>n = tanh(W·x + b + r ∗ (U·h + c)); h' = (1 − z) ∗ n + z ∗ h.</summary>
    public static Tensor Gru(OperatorCall call, Tensor x, Tensor h, CellWeights weights)
    {
        var fromInput = call.CallMany(3, "chunk", call.Call("linear", x, weights.Input, weights.InputBias), 3L, -1L);
        var fromState = call.CallMany(3, "chunk", call.Call("linear", h, weights.Hidden, weights.HiddenBias), 3L, -1L);
        var reset = call.Call("sigmoid", call.Call("add", fromInput[0], fromState[0]));
        var update = call.Call("sigmoid", call.Call("add", fromInput[1], fromState[1]));
        var fresh = call.Call("tanh", call.Call("add", fromInput[2], call.Call("mul", reset, fromState[2])));
        return call.Call("add", fresh, call.Call("mul", update, call.Call("sub", h, fresh)));
    }

    public static Tensor Plain(OperatorCall call, Tensor x, Tensor h, CellWeights weights, string activation) => call.Call(activation, Sum(call, x, h, weights));

    private static Tensor Sum(OperatorCall call, Tensor x, Tensor h, CellWeights weights) =>
        call.Call("add", call.Call("linear", x, weights.Input, weights.InputBias), call.Call("linear", h, weights.Hidden, weights.HiddenBias));
}
