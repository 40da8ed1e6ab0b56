using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Indexing;

/// <summary>Indexing by tensors, as <c>x[a, :, b]</c>.</summary>
internal static class Indices
{
    public static Tensor Get(OperatorCall call, Tensor x, IReadOnlyList<Tensor?> given)
    {
        var (axes, tensors) = Expand(call, x, given);
        if (axes.Count == 0)
        {
            return x;
        }

        if (axes.Count == 1)
        {
            // One index: its shape takes the place of the dimension.
            var axis = axes[0];
            return call.Of(call.Node("Gather", [call.Name(x), call.As(tensors[0], TorchType.Int64)], OnnxAttribute.Of("axis", (long)axis)), x.Type, [.. x.Shape[..axis], .. tensors[0].Shape, .. x.Shape[(axis + 1)..]]);
        }

        var shape = call.Broadcast([.. tensors.Select(tensor => tensor.Shape)]);
        int[] rest = [.. Enumerable.Range(0, x.Rank).Except(axes)];
        var first = call.Permute(x, [.. axes, .. rest]);
        object[] result = [.. shape, .. rest.Select(axis => x.Shape[axis])];
        var made = call.Of(call.Node("GatherND", [call.Name(first), call.Name(Places(call, tensors, shape, x, axes))]), x.Type, result);

        // Neighbouring indices: their shape stands where they did.
        var areNeighbours = axes.Zip(axes.Skip(1)).All(static pair => pair.Second == pair.First + 1);
        if (!areNeighbours || axes[0] == 0)
        {
            return made;
        }

        var before = axes[0];
        return call.Permute(made, [.. Enumerable.Range(shape.Length, before), .. Enumerable.Range(0, shape.Length), .. Enumerable.Range(shape.Length + before, rest.Length - before)]);
    }

    public static Tensor Put(OperatorCall call)
    {
        var (x, given, values) = (call.Tensor("self"), call.OptionalTensors("indices"), call.To(call.Tensor("values"), call.Tensor("self").Type));
        if (given is [{ Type: TorchType.Bool } mask] && values.Rank == 0 && !call.Bool("accumulate"))
        {
            mask = mask.Rank < x.Rank ? call.Reshape(mask, [.. mask.Shape, .. Enumerable.Repeat((object)1L, x.Rank - mask.Rank)]) : mask;
            return call.Call("where", mask, values, x);
        }

        var (axes, tensors) = Expand(call, x, given);
        if (axes.Count == 0)
        {
            return call.Expand(values, x.Shape);
        }

        var shape = call.Broadcast([.. tensors.Select(tensor => tensor.Shape)]);
        int[] rest = [.. Enumerable.Range(0, x.Rank).Except(axes)];
        int[] order = [.. axes, .. rest];
        var first = call.Permute(x, order);
        var areNeighbours = axes.Zip(axes.Skip(1)).All(static pair => pair.Second == pair.First + 1);
        object[] kept = [.. rest.Select(axis => x.Shape[axis])];
        if (areNeighbours && axes[0] > 0)
        {
            // The values stand as the result of reading would: dimensions before the indices come first.
            var before = axes[0];
            values = call.Expand(values, [.. kept[..before], .. shape, .. kept[before..]]);
            values = call.Permute(values, [.. Enumerable.Range(before, shape.Length), .. Enumerable.Range(0, before), .. Enumerable.Range(before + shape.Length, kept.Length - before)]);
        }
        else
        {
            values = call.Expand(values, [.. shape, .. kept]);
        }

        var working = OperatorCall.Working(x.Type);
        var node = call.Node("ScatterND", [call.As(first, working), call.Name(Places(call, tensors, shape, x, axes)), call.As(values, working)], OnnxAttribute.Of("reduction", call.Bool("accumulate") ? "add" : "none"));
        var made = call.Made(node, working, x.Type, first.Shape);
        return call.Permute(made, [.. Enumerable.Range(0, order.Length).Select(i => Array.IndexOf(order, i))]);
    }

    // Places as rows of coordinates, counted from the front.
    private static Tensor Places(OperatorCall call, IReadOnlyList<Tensor> tensors, object[] shape, Tensor x, List<int> axes) =>
        call.Concat([.. tensors.Select((tensor, i) =>
        {
            var index = call.To(tensor, TorchType.Int64);
            index = call.Call("where", call.Call("lt", index, 0L), call.Call("add", index, x.Shape[axes[i]]), index);
            return call.Unsqueeze(call.Expand(index, shape), shape.Length);
        })], shape.Length);

    // Masks become the places where they are true.
    private static (List<int> Axes, List<Tensor> Tensors) Expand(OperatorCall call, Tensor x, IReadOnlyList<Tensor?> given)
    {
        List<int> axes = [];
        List<Tensor> tensors = [];
        var axis = 0;
        foreach (var index in given)
        {
            if (index is null)
            {
                axis++;
            }
            else if (index.Type is TorchType.Bool or TorchType.UInt8)
            {
                var places = Masks.NonZero(call, index);
                for (var i = 0; i < index.Rank; i++)
                {
                    tensors.Add(call.Squeeze(call.Slice(places, 1, (long)i, i + 1L), 1));
                    axes.Add(axis++);
                }
            }
            else
            {
                tensors.Add(index);
                axes.Add(axis++);
            }
        }

        return axis > x.Rank ? throw call.Refused("there are more indices than dimensions") : (axes, tensors);
    }
}
