using System.Text.Json;
using Flama.Torch.Interpreting;
using Flama.Torch.Lowering;

namespace Flama.Torch.Exported;

/// <content>Operators that run graphs: branches, loops, a graph for each row.</content>
internal sealed partial class GraphRunner
{
    private PythonTuple HigherOrder(string name, List<JsonElement> inputs, Dictionary<string, object?> values)
    {
        JsonElement Arg(int i) => (i < inputs.Count ? inputs[i] : throw JsonFields.Problem($"'{SafeText.OneLine(name, 60)}' lacks arguments")).Field("arg");
        switch (name)
        {
            case "cond":
                return Cond(Argument(Arg(0), values), GraphOf(Arg(1)), GraphOf(Arg(2)), Items(Arg(3), values));
            case "while_loop":
                return While(GraphOf(Arg(0)), GraphOf(Arg(1)), Items(Arg(2), values), inputs.Count > 3 ? Items(Arg(3), values) : []);
            case "map_impl":
                return Map(GraphOf(Arg(0)), Items(Arg(1), values), Items(Arg(2), values));
            case "wrap_with_set_grad_enabled":
                return new PythonTuple(Inner(GraphOf(Arg(1)), [.. inputs.Skip(2).Select(input => Argument(input.Field("arg"), values))]));
            default:
                throw graph.Unknown($"the operator {SafeText.OneLine(name, 60)} {caller.Place}");
        }
    }

    private PythonTuple Cond(object? predicate, JsonElement then, JsonElement other, IReadOnlyList<object?> operands)
    {
        if (caller.Truth(caller.Number(predicate)) is { } known)
        {
            return new(Inner(known ? then : other, operands));
        }

        var outer = graph.Scope;
        Scope first = new(outer.Graph.Inner(), outer);
        graph.Scope = first;
        var one = Inner(then, operands);
        Scope second = new(outer.Graph.Inner(), outer);
        graph.Scope = second;
        var two = Inner(other, operands);
        graph.Scope = outer;
        BranchJoin join = new(graph, first, second);
        var joined = one.Zip(two, join.Join).ToList();
        join.Finish(graph.Number(caller.Number(predicate)!, Archives.TorchType.Bool));
        return new([.. joined.Select(join.Resolve)]);
    }

    private PythonTuple While(JsonElement condition, JsonElement body, IReadOnlyList<object?> carried, IReadOnlyList<object?> rest)
    {
        LoopWriter loop = new(graph, caller);
        List<Tensor> starts = [.. carried.Select(loop.TensorOf)];
        var outer = graph.Scope;
        var begin = Condition(condition, [.. carried, .. rest]);
        while (true)
        {
            Scope scope = new(outer.Graph.Inner(), outer);
            graph.Scope = scope;
            loop.Begin(scope, starts);
            var turn = Inner(body, [.. carried.Select((value, i) => loop.Restore(i, value)), .. rest]);
            var goesOn = Condition(condition, [.. turn, .. rest]);
            var isDone = loop.End(goesOn, [.. turn.Select(loop.TensorOf)], starts);
            graph.Scope = outer;
            if (isDone)
            {
                return new([.. loop.Finish(null, begin)]);
            }
        }
    }

    private string Condition(JsonElement condition, IReadOnlyList<object?> operands) =>
        graph.Number(Inner(condition, operands) is [var truth, ..] && caller.Number(truth) is { } number ? number : throw JsonFields.Problem("a loop has no condition"), Archives.TorchType.Bool);

    private PythonTuple Map(JsonElement body, List<object?> rows, IReadOnlyList<object?> rest)
    {
        var count = caller.Whole(rows is [Tensor { Rank: > 0 } first, ..] ? first.Shape[0] : throw JsonFields.Problem("a map has no rows"), "the number of rows of a map");
        List<IReadOnlyList<object?>> results = [];
        for (var i = 0L; i < count; i++)
        {
            results.Add(Inner(body, [.. rows.Select(row => caller.Call("select", [row, 0L, i], [])), .. rest]));
        }

        return results.Count == 0 ? throw TorchErrors.Input("The model takes one row or more.")
            : new([.. Enumerable.Range(0, results[0].Count).Select(output => caller.Call("stack", [new PythonList([.. results.Select(result => result[output])], graph.Scope), 0L], []))]);
    }

    private IReadOnlyList<object?> Inner(JsonElement body, IReadOnlyList<object?> operands)
    {
        Dictionary<string, object?> values = new(StringComparer.Ordinal);
        var i = 0;
        foreach (var input in body.Field("inputs").Items())
        {
            var content = input.Only().Value;
            if (content.ValueKind == JsonValueKind.Object && (content.Has("name", out var name) || content.Has("as_name", out name)) && i < operands.Count)
            {
                values[name.Text()] = operands[i];
            }

            i++;
        }

        return Run(body, values);
    }

    private static JsonElement GraphOf(JsonElement argument) => argument.Field("as_graph").Field("graph");

    private List<object?> Items(JsonElement argument, Dictionary<string, object?> values) => Argument(argument, values) is PythonList list ? list.Items : [];
}
