using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators;

/// <content>Shapes: lengths that may be symbolic, views of a tensor's memory.</content>
internal sealed partial class OperatorCall
{
    public string Name(Tensor tensor) => graph.NameOf(tensor);

    public string Node(string type, IReadOnlyList<string> values, params IReadOnlyList<OnnxAttribute> attributes) => graph.Node(type, values, attributes);

    public Tensor Of(string name, TorchType type, object[] shape) => graph.Of(name, type, shape);

    /// <summary>A number as a tensor of a type.</summary>
    public Tensor Number(object number, TorchType type) => graph.OfNumber(number, type);

    /// <summary>Compares lengths; null where that depends on what tensors hold.</summary>
    public bool? Decide(string comparison, object a, object b) => SymMath.Same(a, b) ? comparison is "eq" or "le" or "ge" : caller.Truth(SymMath.Apply(comparison, a, b));

    /// <summary>The shape that shapes broadcast to.</summary>
    public object[] Broadcast(params IReadOnlyList<object[]> shapes)
    {
        var rank = shapes.Max(shape => shape.Length);
        var result = new object[rank];
        for (var i = 0; i < rank; i++)
        {
            object length = 1L;
            foreach (var shape in shapes)
            {
                var at = i - (rank - shape.Length);
                length = at < 0 ? length : Broadcast(length, shape[at]);
            }

            result[i] = length;
        }

        return result;
    }

    public long Product(IEnumerable<object> lengths, string what) => lengths.Aggregate(1L, (product, length) => checked(product * caller.Whole(length, what)));

    /// <summary>The tensor under another shape of as many elements; not a view.</summary>
    public Tensor Reshape(Tensor x, object[] shape)
    {
        if (shape.Length == x.Rank && shape.Zip(x.Shape).All(pair => SymMath.Same(pair.First, pair.Second)))
        {
            return x;
        }

        // A length may be kept (0) or left open (-1), so that the target is mostly a constant.
        var target = new object[shape.Length];
        var open = 0;
        var hasZero = Array.Exists(shape, static length => length is 0L) || x.Shape.Any(static length => length is 0L);
        for (var i = 0; i < shape.Length; i++)
        {
            target[i] = shape[i] is Sym && i < x.Rank && SymMath.Same(shape[i], x.Shape[i]) && !hasZero ? 0L : shape[i];
            open += target[i] is Sym ? 1 : 0;
        }

        // Where a batch may be empty nothing can be left open beside a zero, which a symbolic length may be: then it is computed.
        if (open == 1 && !Array.Exists(target, static length => length is 0L) && !Array.Exists(shape, static length => length is 0L))
        {
            var at = Array.FindIndex(target, static length => length is Sym);
            target[at] = -1L;
        }

        var allowsZero = Array.Exists(shape, static length => length is 0L);
        IReadOnlyList<OnnxAttribute> attributes = allowsZero ? [OnnxAttribute.Of("allowzero", 1L)] : [];
        return graph.Of(graph.Node("Reshape", [Name(x), graph.Lengths(target)], attributes), x.Type, shape);
    }

    /// <summary>The tensor repeated to a shape that it broadcasts to.</summary>
    public Tensor Expand(Tensor x, object[] shape)
    {
        if (shape.Length == x.Rank && shape.Zip(x.Shape).All(pair => SymMath.Same(pair.First, pair.Second)))
        {
            return x;
        }

        return graph.Of(graph.Node("Expand", [Name(x), graph.Lengths(shape)]), x.Type, shape);
    }

    public Tensor Permute(Tensor x, params int[] order)
    {
        if (order.Select((axis, i) => axis == i).All(static same => same))
        {
            return x;
        }

        return graph.Of(graph.Node("Transpose", [Name(x)], OnnxAttribute.Of("perm", [.. order.Select(axis => (long)axis)])), x.Type, [.. order.Select(axis => x.Shape[axis])]);
    }

    /// <summary>Adds dimensions of length 1 at places of the result.</summary>
    public Tensor Unsqueeze(Tensor x, params int[] places)
    {
        List<object> shape = [.. x.Shape];
        foreach (var place in places.Order())
        {
            shape.Insert(place, 1L);
        }

        return graph.Of(graph.Node("Unsqueeze", [Name(x), graph.Vector([.. places.Select(place => (long)place)])]), x.Type, [.. shape]);
    }

    /// <summary>Takes dimensions of length 1 away.</summary>
    public Tensor Squeeze(Tensor x, params int[] places) => places.Length == 0 ? x
        : graph.Of(graph.Node("Squeeze", [Name(x), graph.Vector([.. places.Select(place => (long)place)])]), x.Type, [.. x.Shape.Where((_, i) => !places.Contains(i))]);

    /// <summary>A part of a dimension.</summary>
    public Tensor Slice(Tensor x, int axis, object start, object end, long step = 1)
    {
        var length = SymMath.FloorDiv(SymMath.Add(SymMath.Sub(end, start), step - 1), step);
        var shape = x.Shape.With(axis, length);
        return step == 1 && start is 0L && SymMath.Same(length, x.Shape[axis]) ? x
            : graph.Of(graph.Node("Slice", [Name(x), graph.Lengths(start), graph.Lengths(SymMath.Same(end, x.Shape[axis]) ? long.MaxValue : end), graph.Vector(axis), graph.Vector(step)]), x.Type, shape);
    }

    public Tensor Concat(IReadOnlyList<Tensor> parts, int axis)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        var type = Promote(parts);
        var shape = parts[0].Shape.With(axis, parts.Select(part => part.Shape[axis]).Aggregate(SymMath.Add));
        return graph.Of(graph.Node("Concat", [.. parts.Select(part => As(part, type))], OnnxAttribute.Of("axis", (long)axis)), type, shape);
    }

    /// <summary>A view of a tensor's memory: computing in place on the one changes the other.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="forward">Takes the view of what it holds.</param>
    /// <param name="back">Puts a changed view back into what it holds; null where that is not possible.</param>
    public Tensor View(Tensor x, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor>? back)
    {
        Tensor Wrap(TensorValue value) => new(value, graph.Scope);
        return global::Flama.Torch.Lowering.Tensor.ViewOf(x, value => forward(Wrap(value)).Value, back is null ? null : (whole, part) => back(Wrap(whole), Wrap(part)).Value);
    }

    private object Broadcast(object a, object b)
    {
        if (SymMath.Same(a, b) || b is 1L)
        {
            return a;
        }

        if (a is 1L)
        {
            return b;
        }

        if (a is long && b is long)
        {
            throw TorchErrors.Input($"Shapes do not fit: a length of {a} meets one of {b} in aten::{operation} {caller.Place}.");
        }

        // Which of the two counts is decided by the lengths at hand.
        return Decide("eq", a, b) is not false ? (a is long ? a : b)
            : Decide("eq", a, 1L) == true ? b
            : Decide("eq", b, 1L) == true ? a
            : throw TorchErrors.Input($"Shapes do not fit: two lengths differ in aten::{operation} {caller.Place}.");
    }
}
