using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Shaping;

/// <summary>Several tensors as one, or in one shape.</summary>
internal static class Joins
{
    public static Tensor Cat(OperatorCall call)
    {
        // An empty vector joins anything: torch has it so for the sake of old code.
        var all = call.Tensors("tensors");
        var tensors = all.Where(tensor => !(tensor.Rank == 1 && tensor.Shape[0] is 0L)).ToList();
        if (tensors.Count == 0)
        {
            return all[0];
        }

        return call.Concat(tensors, call.Dim(call.Int("dim"), tensors[0].Rank));
    }

    public static Tensor Stack(OperatorCall call)
    {
        var tensors = call.Tensors("tensors");
        var dim = call.Dim(call.Int("dim"), tensors[0].Rank + 1);
        return call.Concat([.. tensors.Select(tensor => call.Unsqueeze(tensor, dim))], dim);
    }

    public static Tensor Along(OperatorCall call, int dim, int rank)
    {
        var tensors = call.Tensors("tensors").Select(tensor => AtLeast(call, tensor, rank)).ToList();
        return call.Concat(tensors, dim == 1 && tensors[0].Rank == 1 ? 0 : dim);
    }

    public static Tensor AtLeast(OperatorCall call, Tensor x, int rank) => (rank, x.Rank) switch
    {
        (1, 0) => call.Unsqueeze(x, 0),
        (2, 0) => call.Unsqueeze(x, 0, 1),
        (2, 1) => call.Unsqueeze(x, 0),
        (3, 0) => call.Unsqueeze(x, 0, 1, 2),
        (3, 1) => call.Unsqueeze(x, 0, 2),
        (3, 2) => call.Unsqueeze(x, 2),
        _ => x,
    };

    public static PythonList MeshGrid(OperatorCall call)
    {
        var tensors = call.Tensors("tensors");
        var swaps = call.Text("indexing") == "xy" && tensors.Count > 1;
        int[] places = [.. Enumerable.Range(0, tensors.Count).Select(i => swaps && i < 2 ? 1 - i : i)];
        var shape = new object[tensors.Count];
        for (var i = 0; i < tensors.Count; i++)
        {
            shape[places[i]] = tensors[i].Rank == 0 ? 1L : tensors[i].Shape[0];
        }

        return call.List(tensors.Select((tensor, i) =>
        {
            object[] own = [.. Enumerable.Repeat((object)1L, tensors.Count)];
            own[places[i]] = shape[places[i]];
            return (object?)call.Expand(call.Reshape(tensor, own), shape);
        }));
    }

    public static PythonList BroadcastTensors(OperatorCall call)
    {
        var tensors = call.Tensors("tensors");
        var shape = call.Broadcast([.. tensors.Select(tensor => tensor.Shape)]);
        return call.List(tensors.Select(tensor => (object?)call.Expand(tensor, shape)));
    }
}
