using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.TensorFlow;

/// <summary>Loops, conditions, and the lists that loops read and fill.</summary>
/// <remarks>A list that a loop fills is taken to be filled at one place after another, as the loops of recurrent layers do.</remarks>
internal static class LoopNodes
{
    public static IReadOnlyDictionary<string, Func<GraphCall, object?[]>> All { get; } = new Dictionary<string, Func<GraphCall, object?[]>>(StringComparer.Ordinal)
    {
        ["While"] = While,
        ["StatelessWhile"] = While,
        ["If"] = If,
        ["StatelessIf"] = If,
        ["TensorListFromTensor"] = call => [new GraphList(call[0])],
        ["TensorListReserve"] = _ => [new GraphList(null)],
        ["TensorListGetItem"] = call => [call.G.Gather(List(call).Stacked ?? throw Unsupported(call), call[1], 0)],
        ["TensorListSetItem"] = call => [List(call) with { Written = call[2] }],
        ["TensorListStack"] = call => [List(call).Stacked ?? throw Unsupported(call)],
    };

    private static GraphList List(GraphCall call) => call.Inputs[0] as GraphList ?? throw Unsupported(call);

    private static FlamaException Unsupported(GraphCall call) => KerasErrors.Unsupported(call.Node.Name, $"uses a list of tensors ({call.Node.Op}) in a way that is not known");

    private static object?[] While(GraphCall call)
    {
        var lowering = call.Lowering;
        var body = lowering.FunctionOf(call.Node.Function("body"));
        var condition = call.Node.Function("cond");
        var count = call.Inputs.Length;
        if (body.Outputs.Count != count || body.Arguments.Count != count)
        {
            throw KerasErrors.Invalid($"the loop '{call.Node.Name}' gives not what it takes");
        }

        // What goes through unchanged is what it is outside; the rest is carried from step to step.
        var isFixed = Enumerable.Range(0, count).Select(i => IsPassed(body, i)).ToArray();
        int[] carried = [.. Enumerable.Range(0, count).Where(i => !isFixed[i] && call.Inputs[i] is Value)];
        int[] lists = [.. Enumerable.Range(0, count).Where(i => !isFixed[i] && call.Inputs[i] is GraphList)];
        if (carried.Length + lists.Length + isFixed.Count(isOne => isOne) != count)
        {
            throw Unsupported(call);
        }

        var first = (Value)lowering.Call(condition, call.Inputs, call.Depth + 1)[0]!;
        var inner = call.G.Inner();
        inner.Parameter(OnnxElementType.Int64, []);
        inner.Parameter(OnnxElementType.Boolean, []);
        var arguments = (object?[])call.Inputs.Clone();
        foreach (var i in carried)
        {
            arguments[i] = inner.Parameter(call[i].Type, call[i].Shape);
        }

        var written = new List<Value>();
        lowering.Inside(inner, () =>
        {
            var results = lowering.Call(body.Name, arguments, call.Depth + 1);
            var after = (object?[])arguments.Clone();
            foreach (var i in carried)
            {
                after[i] = results[i];
            }

            inner.Result(lowering.Call(condition, after, call.Depth + 1)[0] as Value ?? throw Unsupported(call));
            foreach (var i in carried)
            {
                inner.Result(results[i] as Value ?? throw Unsupported(call));
            }

            foreach (var i in lists)
            {
                written.Add((results[i] as GraphList)?.Written ?? throw Unsupported(call));
                inner.Result(written[^1]);
            }

            return true;
        });
        var made = call.G.AddAll(
            "Loop", [null, first, .. carried.Select(i => call[i])], [.. carried.Select(i => (call[i].Type, call[i].Shape)), .. written.Select(value => (value.Type, (long[])[-1, .. value.Shape]))],
            OnnxAttribute.Of("body", inner.Builder.Graph));
        var answers = (object?[])call.Inputs.Clone();
        for (var i = 0; i < carried.Length; i++)
        {
            answers[carried[i]] = made[i];
        }

        for (var i = 0; i < lists.Length; i++)
        {
            answers[lists[i]] = new GraphList(made[carried.Length + i]);
        }

        return answers;
    }

    // Whether an output of the body is the argument of the same number, through nodes that change nothing.
    private static bool IsPassed(GraphFunction body, int index)
    {
        if (!body.Results.TryGetValue(body.Outputs[index], out var from))
        {
            return false;
        }

        for (var i = 0; i < 32; i++)
        {
            var name = GraphFrame.NodeOf(from);
            if (string.Equals(name, body.Arguments[index], StringComparison.Ordinal))
            {
                return true;
            }

            if (!body.Nodes.TryGetValue(name, out var node) || node.Op != "Identity" || node.Inputs.Count == 0)
            {
                return false;
            }

            from = node.Inputs[0];
        }

        return false;
    }

    private static object?[] If(GraphCall call)
    {
        var condition = call.G.Cast(call[0], OnnxElementType.Boolean);
        var arguments = call.Inputs[1..];
        List<OnnxGraph> branches = [];
        List<(OnnxElementType, long[])> outputs = [];
        foreach (var branch in new[] { "then_branch", "else_branch" })
        {
            var inner = call.G.Inner();
            var results = call.Lowering.Inside(inner, () => call.Lowering.Call(call.Node.Function(branch), arguments, call.Depth + 1));
            foreach (var result in results)
            {
                inner.Result(result as Value ?? throw Unsupported(call));
            }

            branches.Add(inner.Builder.Graph);
            outputs = [.. results.Cast<Value>().Select((value, i) => (value.Type, outputs.Count > i && !outputs[i].Item2.SequenceEqual(value.Shape) && outputs[i].Item2.Length == value.Shape.Length ? [.. value.Shape.Select(_ => -1L)] : value.Shape))];
        }

        return [.. call.G.AddAll("If", [condition], outputs, OnnxAttribute.Of("then_branch", branches[0]), OnnxAttribute.Of("else_branch", branches[1]))];
    }
}
