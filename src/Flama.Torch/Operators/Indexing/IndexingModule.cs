namespace Flama.Torch.Operators.Indexing;

/// <summary>Elements by their places, read and written.</summary>
internal static class IndexingModule
{
    public static void AddTo(OperatorTable table)
    {
        table.Add("index(Tensor self, Tensor?[] indices)", static call => Indices.Get(call, call.Tensor("self"), call.OptionalTensors("indices")));
        table.Add("index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False)", Indices.Put);
        table.Add("_index_put_impl(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False, bool unsafe=False)", Indices.Put);
        table.Add("index_select(Tensor self, int dim, Tensor index)", Gathers.IndexSelect);
        table.Add("gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False)", Gathers.Gather);
        table.Add("take(Tensor self, Tensor index)", Gathers.Take);
        table.Add("take_along_dim(Tensor self, Tensor indices, int? dim=None)", Gathers.TakeAlong);
        foreach (var source in (string[])["Tensor src", "Scalar value"])
        {
            table.Add($"scatter(Tensor self, int dim, Tensor index, {source})", static call => Scatters.Scatter(call, "none"));
            table.Add($"scatter(Tensor self, int dim, Tensor index, {source}, *, str reduce)", static call => Scatters.Scatter(call, call.Text("reduce") == "add" ? "add" : "mul"));
        }

        table.Add("scatter_add(Tensor self, int dim, Tensor index, Tensor src)", static call => Scatters.Scatter(call, "add"));
        table.Add("scatter_reduce(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True)", Scatters.Reduce);
        table.Add("index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1)", static call => Scatters.ByIndex(call, call.Call("mul", call.Tensor("source"), call.Get("alpha")), "add"));
        table.Add("index_copy(Tensor self, int dim, Tensor index, Tensor source)", static call => Scatters.ByIndex(call, call.Tensor("source"), "none"));
        table.Add("index_fill(Tensor self, int dim, Tensor index, any value)", Scatters.Fill);
        table.Add("masked_select(Tensor self, Tensor mask)", Masks.Select);
        table.Add("masked_scatter(Tensor self, Tensor mask, Tensor source)", Masks.Scatter);
        table.Add("nonzero(Tensor self)", static call => Masks.NonZero(call, call.Tensor("self")));
        table.Add("diagonal(Tensor self, int offset=0, int dim1=0, int dim2=1)", Diagonals.Read);
        table.Add("diag(Tensor self, int diagonal=0)", Diagonals.Diag);
        table.Add("diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1)", Diagonals.Embed);
        table.Add("tril(Tensor self, int diagonal=0)", static call => Diagonals.Triangle(call, 0));
        table.Add("triu(Tensor self, int diagonal=0)", static call => Diagonals.Triangle(call, 1));
        table.Add("trace(Tensor self)", static call => call.Call("sum", call.Call("diagonal", call.Tensor("self"))));
        table.Add("bincount(Tensor self, Tensor? weights=None, int minlength=0)", Masks.BinCount);
    }
}
