using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Recurrent;

/// <summary>Stacks of recurrent layers, one or both ways.</summary>
internal static class Layers
{
    public static PythonTuple Run(OperatorCall call, Cell cell)
    {
        var x = call.Tensor("input");
        var isBatched = x.Rank == 3;
        var isBatchFirst = call.Bool("batch_first") && isBatched;
        x = isBatched ? x : call.Unsqueeze(x, 1);
        x = isBatchFirst ? call.Permute(x, 1, 0, 2) : x;
        var (made, states) = Stack(call, cell, x, null, isBatched);
        made = isBatchFirst ? call.Permute(made, 1, 0, 2) : made;
        if (!isBatched)
        {
            made = call.Squeeze(made, 1);
            states = [.. states.Select(state => call.Squeeze(state, 1))];
        }

        return OperatorCall.Tuple([made, .. states]);
    }

    public static PythonTuple RunPacked(OperatorCall call, Cell cell)
    {
        var data = call.Tensor("data");
        if (data.Packed is not { } packed)
        {
            throw call.Refused("packed data that was not packed by the program");
        }

        var (made, states) = Stack(call, cell, packed.Rows, packed.Lengths, true);
        return OperatorCall.Tuple([Packing.Flat(call, new(made, packed.Lengths)), .. states]);
    }

    private static (Tensor Made, List<Tensor> States) Stack(OperatorCall call, Cell cell, Tensor x, Tensor? lengths, bool isBatched)
    {
        if (call.Bool("train") && call.Double("dropout") > 0)
        {
            throw call.Refused("it is run as in training: call model.eval() before the model is saved");
        }

        List<Tensor> starts = [.. cell == Cell.Lstm ? call.Tensors("hx", 2) : [call.Tensor("hx")]];
        starts = isBatched ? starts : [.. starts.Select(state => call.Unsqueeze(state, 1))];
        var weights = call.Tensors("params");
        var layers = (int)call.Int("num_layers");
        var directions = call.Bool("bidirectional") ? 2 : 1;
        var hasBias = call.Bool("has_biases");
        var each = weights.Count / Math.Max(1, layers * directions);
        var isProjected = each == (hasBias ? 5 : 3);
        if (layers < 1 || (!isProjected && each != (hasBias ? 4 : 2)))
        {
            throw call.Refused($"{weights.Count} weights of {layers} layers");
        }

        List<Tensor>[] ends = [[], []];
        for (var layer = 0; layer < layers; layer++)
        {
            List<CellWeights> own = [];
            for (var direction = 0; direction < directions; direction++)
            {
                var at = ((layer * directions) + direction) * each;
                own.Add(new(weights[at], weights[at + 1], hasBias ? weights[at + 2] : null, hasBias ? weights[at + 3] : null, isProjected ? weights[at + each - 1] : null));
            }

            var first = (long)layer * directions;
            List<Tensor> state = [.. starts.Select(start => call.Slice(start, 0, first, first + directions))];
            var (made, last) = isProjected ? Unrolled.Run(call, x, state, own, lengths) : Node(call, cell, x, state, own, lengths);
            x = made;
            for (var i = 0; i < last.Count; i++)
            {
                ends[i].Add(last[i]);
            }
        }

        return (x, [.. ends.Where(parts => parts.Count > 0).Select(parts => call.Concat(parts, 0))]);
    }

    private static (Tensor Made, List<Tensor> States) Node(OperatorCall call, Cell cell, Tensor x, List<Tensor> state, List<CellWeights> weights, Tensor? lengths)
    {
        var type = TorchType.Float;
        var hidden = weights[0].Hidden.Shape[1];
        var size = call.Caller.Whole(hidden, "the size of the state");
        string Stacked(Func<CellWeights, Tensor> part) => call.Name(call.Concat([.. weights.Select(own => call.Unsqueeze(Ordered(call, cell, call.To(part(own), type), size), 0))], 0));
        string[] values =
        [
            call.As(x, type), Stacked(static own => own.Input), Stacked(static own => own.Hidden),
            weights[0].InputBias is null ? "" : call.Name(call.Concat([.. weights.Select(own =>
                call.Unsqueeze(call.Concat([Ordered(call, cell, call.To(own.InputBias!, type), size), Ordered(call, cell, call.To(own.HiddenBias!, type), size)], 0), 0))], 0)),
            lengths is null ? "" : call.As(lengths, TorchType.Int32),
            .. state.Select(start => call.As(call.Expand(start, [start.Shape[0], x.Shape[1], start.Shape[2]]), type)),
        ];
        List<OnnxAttribute> attributes = [OnnxAttribute.Of("hidden_size", size), OnnxAttribute.Of("direction", weights.Count == 2 ? "bidirectional" : "forward")];
        if (cell == Cell.Gru)
        {
            attributes.Add(OnnxAttribute.Of("linear_before_reset", 1L));
        }

        if (cell.Activation is { } activation)
        {
            attributes.Add(OnnxAttribute.Of("activations", [.. weights.Select(_ => activation)]));
        }

        var made = call.Graph.Nodes(cell.Onnx, cell == Cell.Lstm ? 3 : 2, values, attributes);
        var (time, batch, directions) = (x.Shape[0], x.Shape[1], (long)weights.Count);
        var all = call.Made(made[0], type, x.Type, [time, directions, batch, hidden]);
        all = call.Reshape(call.Permute(all, 0, 2, 1, 3), [time, batch, directions * size]);
        return (all, [.. made.Skip(1).Select(name => call.Made(name, type, x.Type, [directions, batch, hidden]))]);
    }

    private static Tensor Ordered(OperatorCall call, Cell cell, Tensor blocks, long size) =>
        call.Concat([.. cell.Order.Select(block => call.Slice(blocks, 0, block * size, (block + 1) * size))], 0);
}
