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
        ["Case"] = Case,
        ["StatelessCase"] = Case,
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
        if (body.Outputs.Count != call.Inputs.Length || body.Arguments.Count != call.Inputs.Length)
        {
            throw KerasErrors.Invalid($"the loop '{call.Node.Name}' gives not what it takes");
        }

        return Loop(lowering, call.Node.Name, call.Inputs, new LoopBody(
            i => IsPassed(body, i), states => lowering.Call(condition, states, call.Depth + 1) is [var holds, ..] ? holds : null, states => lowering.Call(body.Name, states, call.Depth + 1)));
    }

    /// <summary>Writes a loop; the answer is the states after it.</summary>
    public static object?[] Loop(GraphLowering lowering, string name, object?[] states, LoopBody body)
    {
        FlamaException Unknown() => KerasErrors.Unsupported(name, "is a loop over what is not known");

        // What goes through unchanged is what it is outside; the rest is carried from step to step.
        int[] changed = [.. Enumerable.Range(0, states.Length).Where(i => !body.IsPassed(i))];
        int[] carried = [.. changed.Where(i => states[i] is Value)];
        int[] lists = [.. changed.Where(i => states[i] is GraphList)];
        if (carried.Length + lists.Length != changed.Length)
        {
            throw Unknown();
        }

        var g = lowering.G;
        Value[] before = [.. carried.Select(i => (Value)states[i]!)];
        var first = body.Condition(states) as Value ?? throw Unknown();
        var inner = g.Inner();
        inner.Parameter(OnnxElementType.Int64, []);
        inner.Parameter(OnnxElementType.Boolean, []);
        var arguments = (object?[])states.Clone();
        foreach (var i in carried)
        {
            var state = (Value)states[i]!;
            arguments[i] = inner.Parameter(state.Type, state.Shape);
        }

        var written = new List<Value>();
        lowering.Inside(inner, () =>
        {
            var results = body.Step(arguments);
            var after = (object?[])arguments.Clone();
            foreach (var i in carried)
            {
                after[i] = results[i];
            }

            inner.Result(body.Condition(after) as Value ?? throw Unknown());
            foreach (var i in carried)
            {
                inner.Result(results[i] as Value ?? throw Unknown());
            }

            foreach (var i in lists)
            {
                written.Add((results[i] as GraphList)?.Written ?? throw Unknown());
                inner.Result(written[^1]);
            }

            return true;
        });
        var made = g.AddAll(
            "Loop", [null, first, .. before], [.. before.Select(state => (state.Type, state.Shape)), .. written.Select(value => (value.Type, (long[])[-1, .. value.Shape]))],
            OnnxAttribute.Of("body", inner.Builder.Graph));
        var answers = (object?[])states.Clone();
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
        var arguments = call.Inputs[1..];
        object?[] Branch(string name) => call.Lowering.Call(call.Node.Function(name), arguments, call.Depth + 1);
        return Either(call, call.G.Cast(call[0], OnnxElementType.Boolean), () => Branch("then_branch"), () => Branch("else_branch"));
    }

    // The last branch is also that of numbers that have none.
    private static object?[] Case(GraphCall call)
    {
        var names = call.Node.Functions("branches");
        var arguments = call.Inputs[1..];
        object?[] From(int i) => i >= names.Length - 1 || i > 100
            ? call.Lowering.Call(names.Length > 0 ? names[^1] : "", arguments, call.Depth + 1)
            : Either(call, call.G.Compare("Equal", call[0], i), () => call.Lowering.Call(names[i], arguments, call.Depth + 1), () => From(i + 1));
        return From(0);
    }

    private static object?[] Either(GraphCall call, Value condition, Func<object?[]> yes, Func<object?[]> no)
    {
        List<OnnxGraph> branches = [];
        List<(OnnxElementType, long[])> outputs = [];
        foreach (var branch in new[] { yes, no })
        {
            var inner = call.G.Inner();
            var results = call.Lowering.Inside(inner, branch);
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
