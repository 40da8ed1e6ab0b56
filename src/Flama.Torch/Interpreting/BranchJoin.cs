using System.Runtime.CompilerServices;
using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Interpreting;

/// <summary>Makes one value of what two branches give: a node that takes the one or the other at each run.</summary>
/// <param name="graph">The graph that is written.</param>
/// <param name="then">The graph of the branch that is taken.</param>
/// <param name="other">The graph of the other one.</param>
internal sealed class BranchJoin(GraphWriter graph, Scope then, Scope other)
{
    private const int Most = 100_000;

    private readonly List<Slot> slots = [];
    private IReadOnlyList<string> made = [];
    private int joins;

    /// <summary>Joins two values; tuples and lists item by item.</summary>
    /// <returns>What <see cref="Resolve"/> makes a value of.</returns>
    public object? Join(object? first, object? second)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++joins > Most)
        {
            throw TorchErrors.Limit($"a branch makes more than {Most} values");
        }

        if (ReferenceEquals(first, second) || (first is not null && first.Equals(second)))
        {
            return first;
        }

        switch (first, second)
        {
            case (PythonTuple a, PythonTuple b) when a.Items.Count == b.Items.Count:
                return new Parts([.. a.Items.Zip(b.Items, Join)], items => new PythonTuple(items, a.Names));
            case (PythonList a, PythonList b) when a.Items.Count == b.Items.Count:
                return new Parts([.. a.Items.Zip(b.Items, Join)], items => new PythonList([.. items], graph.Scope));
            case (Tensor a, Tensor b) when a.Type == b.Type:
                return Add(a.Value, b.Value, isNumber: false);
            case (long or double or bool or Sym, long or double or bool or Sym):
                var type = TypeOf(first) == TypeOf(second) ? TypeOf(first) : TorchType.Double;
                return Add(new TensorValue(type, []) { Scalar = first }, new TensorValue(type, []) { Scalar = second }, isNumber: true);
            default:
                return Nothing.Value;
        }
    }

    /// <summary>Adds the node.</summary>
    /// <param name="condition">The truth value that decides.</param>
    public void Finish(string condition)
    {
        if (slots.Count > 0)
        {
            made = graph.Nodes("If", slots.Count, [condition], OnnxAttribute.Of("then_branch", then.Graph.Graph), OnnxAttribute.Of("else_branch", other.Graph.Graph));
        }
    }

    /// <summary>What stands for a joined value from here on.</summary>
    public object? Resolve(object? joined) => joined switch
    {
        Slot slot => Result(slot),
        Parts parts => parts.Make([.. parts.Items.Select(Resolve)]),
        _ => joined,
    };

    private object Result(Slot slot)
    {
        var name = made[slot.Index];
        if (slot.IsNumber)
        {
            return Sym.Data(name, slot.Type == TorchType.Bool ? typeof(bool) : slot.Type == TorchType.Int64 ? typeof(long) : typeof(double));
        }

        var shape = slot.First.Select((length, i) => SymMath.Same(length, slot.Second[i]) ? length : graph.LengthOf(name, i)).ToArray();
        return graph.Of(name, slot.Type, shape);
    }

    private object Add(TensorValue first, TensorValue second, bool isNumber)
    {
        if (first.Shape.Length != second.Shape.Length)
        {
            return Nothing.Value;
        }

        Output(then, first);
        Output(other, second);
        Slot slot = new(slots.Count, first.Type, first.Shape, second.Shape, isNumber);
        slots.Add(slot);
        return slot;
    }

    private void Output(Scope scope, TensorValue value)
    {
        var before = graph.Scope;
        graph.Scope = scope;
        var name = graph.NameOf(value);
        scope.Graph.Output(scope.Graph.NewName("out"), name, TorchTypes.Computed(value.Type), null);
        graph.Scope = before;
    }

    private static TorchType TypeOf(object value) =>
        Sym.KindOf(value) == typeof(long) ? TorchType.Int64 : Sym.KindOf(value) == typeof(bool) ? TorchType.Bool : TorchType.Double;

    private sealed record Slot(int Index, TorchType Type, object[] First, object[] Second, bool IsNumber);

    private sealed record Parts(IReadOnlyList<object?> Items, Func<IReadOnlyList<object?>, object> Make);
}
