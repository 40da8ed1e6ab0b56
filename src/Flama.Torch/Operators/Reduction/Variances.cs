using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Reduction;

/// <summary>Variances and standard deviations: Σ(x − mean)² / (n − correction).</summary>
internal static class Variances
{
    public static Tensor Of(OperatorCall call, long[]? dims, double correction, bool keeps, bool isRoot)
    {
        var x = call.Tensor("self");
        int[] axes = dims is null or [] ? [.. Enumerable.Range(0, x.Rank)] : [.. dims.Select(dim => call.Dim(dim, x.Rank))];
        var count = SymMath.Product(axes.Select(axis => x.Shape[axis]));
        var centred = call.Call("sub", x, Reductions.Reduce(call, "ReduceMean", x, dims, keeps: true));
        var sum = Reductions.Reduce(call, "ReduceSum", call.Call("square", centred), dims, keeps);
        var divisor = call.Number(SymMath.Apply("max", SymMath.Apply("sub", SymMath.Apply("float", count), correction), 0.0), x.Type);
        var variance = call.Call("div", sum, divisor);
        return isRoot ? call.Call("sqrt", variance) : variance;
    }

    public static PythonTuple WithMean(OperatorCall call, long[]? dims, double correction, bool keeps, bool isRoot) =>
        OperatorCall.Tuple(Of(call, dims, correction, keeps, isRoot), Reductions.Reduce(call, "ReduceMean", call.Tensor("self"), dims, keeps));
}
