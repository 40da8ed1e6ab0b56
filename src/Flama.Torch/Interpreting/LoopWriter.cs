using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;
using Flama.Torch.Operators;

namespace Flama.Torch.Interpreting;

/// <summary>Writes a loop whose number of turns is known at run time only.</summary>
/// <param name="graph">The graph that is written.</param>
/// <param name="caller">Calls operators.</param>
internal sealed class LoopWriter(GraphWriter graph, OperatorCaller caller)
{
    private readonly HashSet<(int, int)> open = [];
    private List<Tensor> inner = [];
    private List<Tensor> starts = [];
    private Scope? body;
    private List<TensorValue> results = [];

    /// <summary>A carried value as a tensor.</summary>
    public Tensor TensorOf(object? value) => value switch
    {
        Tensor tensor => tensor,
        long or double or bool or Sym => graph.OfNumber(value, Sym.KindOf(value) == typeof(double) ? TorchType.Double : Sym.KindOf(value) == typeof(bool) ? TorchType.Bool : TorchType.Int64),
        _ => throw TorchErrors.Unsupported($"a loop {caller.Place} carries what is neither a tensor nor a number"),
    };

    /// <summary>Begins the body.</summary>
    /// <returns>The name of the number of the turn.</returns>
    public string Begin(Scope scope, IReadOnlyList<Tensor> carried)
    {
        body = scope;
        starts = [.. carried];
        var turn = Input(scope, "turn", OnnxElementType.Int64, []);
        Input(scope, "goes_on", OnnxElementType.Boolean, []);
        inner = [];
        for (var i = 0; i < carried.Count; i++)
        {
            var name = Input(scope, "carried", TorchTypes.Computed(carried[i].Type), null);
            inner.Add(graph.Of(name, carried[i].Type, [.. carried[i].Shape.Select((length, d) => open.Contains((i, d)) ? graph.LengthOf(name, d) : length)]));
        }

        return turn;
    }

    /// <summary>What a carried value is inside, as the kind that it is outside.</summary>
    public object Restore(int index, object? outside) => outside is Tensor ? inner[index] : caller.Number(inner[index])!;

    /// <summary>Ends the body; false where lengths changed and it has to be written again.</summary>
    public bool End(string goesOn, IReadOnlyList<Tensor> ends, IReadOnlyList<Tensor> begins)
    {
        var isStable = true;
        for (var i = 0; i < ends.Count; i++)
        {
            if (ends[i].Rank != begins[i].Rank || ends[i].Type != begins[i].Type)
            {
                throw TorchErrors.Unsupported($"a loop {caller.Place} changes the type or the number of dimensions of a tensor");
            }

            for (var d = 0; d < ends[i].Rank; d++)
            {
                isStable &= SymMath.Same(ends[i].Shape[d], inner[i].Shape[d]) || !open.Add((i, d));
            }
        }

        if (!isStable)
        {
            return false;
        }

        body!.Graph.Output(body.Graph.NewName("out"), goesOn, OnnxElementType.Boolean, null);
        foreach (var end in ends)
        {
            body.Graph.Output(body.Graph.NewName("out"), graph.NameOf(end), TorchTypes.Computed(end.Type), null);
        }

        results = [.. ends.Select(end => end.Value)];
        return true;
    }

    /// <summary>Adds the node.</summary>
    /// <param name="count">The name of the most turns; null for no limit.</param>
    /// <param name="begin">The name of whether there is a first turn.</param>
    public IReadOnlyList<Tensor> Finish(string? count, string begin)
    {
        if (results.Count == 0)
        {
            return [];
        }

        var made = graph.Nodes("Loop", results.Count, [count ?? "", begin, .. starts.Select(graph.NameOf)], OnnxAttribute.Of("body", body!.Graph.Graph));
        return [.. results.Select((value, i) => graph.Of(made[i], value.Type, [.. value.Shape.Select((length, d) => open.Contains((i, d)) ? graph.LengthOf(made[i], d) : length)]))];
    }

    private static string Input(Scope scope, string wish, OnnxElementType type, IReadOnlyList<Dimension>? shape)
    {
        var name = scope.Graph.NewName(wish);
        scope.Graph.Graph.Inputs.Add(OnnxValue.OfTensor(name, type, shape));
        return name;
    }
}
