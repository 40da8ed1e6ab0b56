using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Recurrent;

/// <summary>LSTM layers whose state is projected, which ONNX lacks: step by step.</summary>
internal static class Unrolled
{
    private const long MostSteps = 2_000;

    public static (Tensor Made, List<Tensor> States) Run(OperatorCall call, Tensor x, List<Tensor> state, List<CellWeights> weights, Tensor? lengths)
    {
        var steps = call.Caller.Whole(x.Shape[0], "the number of steps");
        if (lengths is not null || steps > MostSteps)
        {
            throw call.Refused("packed or very long sequences with a projected state");
        }

        List<Tensor> outputs = [];
        List<Tensor> hidden = [];
        List<Tensor> memory = [];
        for (var direction = 0; direction < weights.Count; direction++)
        {
            var (h, c) = (call.Call("select", state[0], 0L, (long)direction), call.Call("select", state[1], 0L, (long)direction));
            var row = new object?[steps];
            for (var i = 0L; i < steps; i++)
            {
                var at = direction == 0 ? i : steps - 1 - i;
                (h, c) = Cells.Lstm(call, call.Call("select", x, 0L, at), h, c, weights[direction]);
                row[at] = h;
            }

            outputs.Add(call.Call("stack", call.List(row), 0L));
            hidden.Add(call.Unsqueeze(h, 0));
            memory.Add(call.Unsqueeze(c, 0));
        }

        return (call.Concat(outputs, 2), [call.Concat(hidden, 0), call.Concat(memory, 0)]);
    }
}
