using Flama.Torch.Archives;

namespace Flama.Torch.Operators.Reduction;

/// <summary>Sums, means and other values of many elements.</summary>
internal static class ReductionModule
{
    public static void AddTo(OperatorTable table)
    {
        table.Add("sum(Tensor self, *, int? dtype=None)", static call => Reductions.Sum(call, null, false));
        table.Add("sum(Tensor self, int[]? dim, bool keepdim=False, *, int? dtype=None)", static call => Reductions.Sum(call, call.FindInts("dim"), call.Bool("keepdim")));
        table.Add("nansum(Tensor self, int[]? dim=None, bool keepdim=False, *, int? dtype=None)", Reductions.NanSum);
        table.Add("nanmean(Tensor self, int[]? dim=None, bool keepdim=False, *, int? dtype=None)", Reductions.NanMean);
        table.Add("mean(Tensor self, *, int? dtype=None)", static call => Reductions.Mean(call, null, false));
        table.Add("mean(Tensor self, int[]? dim, bool keepdim=False, *, int? dtype=None)", static call => Reductions.Mean(call, call.FindInts("dim"), call.Bool("keepdim")));
        table.Add("prod(Tensor self, *, int? dtype=None)", static call => Reductions.Product(call, null, false));
        table.Add("prod(Tensor self, int dim, bool keepdim=False, *, int? dtype=None)", static call => Reductions.Product(call, [call.Int("dim")], call.Bool("keepdim")));
        foreach (var (name, onnx) in ((string, string)[])[("amax", "ReduceMax"), ("amin", "ReduceMin")])
        {
            table.Add($"{name}(Tensor self, int[] dim=[], bool keepdim=False)", call => Reductions.Extreme(call, onnx, call.Ints("dim"), call.Bool("keepdim")));
        }

        foreach (var (name, onnx) in ((string, string)[])[("max", "ReduceMax"), ("min", "ReduceMin")])
        {
            table.Add($"{name}(Tensor self)", call => Reductions.Extreme(call, onnx, [], false));
            table.Add($"{name}(Tensor self, int dim, bool keepdim=False)", call => Reductions.WithPlace(call, onnx));
            table.Add($"{name}(Tensor self, Tensor other)", call => call.Call(name == "max" ? "maximum" : "minimum", call.Tensor("self"), call.Tensor("other")));
            table.Add($"arg{name}(Tensor self, int? dim=None, bool keepdim=False)", call => Reductions.Place(call, name == "max" ? "ArgMax" : "ArgMin", call.FindInt("dim"), call.Bool("keepdim")));
        }

        table.Add("aminmax(Tensor self, *, int? dim=None, bool keepdim=False)", Reductions.Extremes);
        table.Add("all(Tensor self)", static call => Reductions.Logical(call, "ReduceMin", null, false));
        table.Add("all(Tensor self, int[]? dim=None, bool keepdim=False)", static call => Reductions.Logical(call, "ReduceMin", call.FindInts("dim"), call.Bool("keepdim")));
        table.Add("any(Tensor self)", static call => Reductions.Logical(call, "ReduceMax", null, false));
        table.Add("any(Tensor self, int[]? dim=None, bool keepdim=False)", static call => Reductions.Logical(call, "ReduceMax", call.FindInts("dim"), call.Bool("keepdim")));
        table.Add("count_nonzero(Tensor self, int[]? dim=None)", static call => call.Call("sum", call.To(call.Call("ne", call.Tensor("self"), 0L), TorchType.Int64), call.Get("dim")));
        table.Add("logsumexp(Tensor self, int[] dim, bool keepdim=False)", Reductions.LogSumExp);
        foreach (var name in (string[])["var", "std"])
        {
            var isRoot = name == "std";
            table.Add($"{name}(Tensor self, bool unbiased=True)", call => Variances.Of(call, null, call.Bool("unbiased") ? 1 : 0, false, isRoot));
            table.Add($"{name}(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False)", call => Variances.Of(call, call.FindInts("dim"), call.Bool("unbiased") ? 1 : 0, call.Bool("keepdim"), isRoot));
            table.Add($"{name}(Tensor self, int[]? dim=None, *, Scalar? correction=None, bool keepdim=False)", call => Variances.Of(call, call.FindInts("dim"), call.FindDouble("correction") ?? 1, call.Bool("keepdim"), isRoot));
            table.Add($"{name}_mean(Tensor self, bool unbiased=True)", call => Variances.WithMean(call, null, call.Bool("unbiased") ? 1 : 0, false, isRoot));
            table.Add($"{name}_mean(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False)", call => Variances.WithMean(call, call.FindInts("dim"), call.Bool("unbiased") ? 1 : 0, call.Bool("keepdim"), isRoot));
            table.Add($"{name}_mean(Tensor self, int[]? dim=None, *, Scalar? correction=None, bool keepdim=False)", call => Variances.WithMean(call, call.FindInts("dim"), call.FindDouble("correction") ?? 1, call.Bool("keepdim"), isRoot));
        }

        table.Add("norm(Tensor self, Scalar p=2)", static call => Norms.Vector(call, call.Tensor("self"), call.Double("p"), null, false));
        table.Add("norm(Tensor self, Scalar? p, int[] dim, bool keepdim=False, *, int? dtype=None)", static call => Norms.Vector(call, call.Tensor("self"), call.FindDouble("p") ?? 2, call.FindInts("dim"), call.Bool("keepdim")));
        table.Add("frobenius_norm(Tensor self, int[] dim, bool keepdim=False)", static call => Norms.Vector(call, call.Tensor("self"), 2, call.FindInts("dim"), call.Bool("keepdim")));
        table.Add("linalg_vector_norm(Tensor self, Scalar ord=2, int[]? dim=None, bool keepdim=False, *, int? dtype=None)", static call => Norms.Vector(call, call.Tensor("self"), call.Double("ord"), call.FindInts("dim"), call.Bool("keepdim")));
        table.Add("linalg_norm(Tensor self, Scalar? ord=None, int[]? dim=None, bool keepdim=False, *, int? dtype=None)", Norms.Linear);
        table.Add("linalg_norm(Tensor self, str ord, int[]? dim=None, bool keepdim=False, *, int? dtype=None)", Norms.Matrix);
        table.Add("linalg_matrix_norm(Tensor self, any ord, int[] dim=[], bool keepdim=False, *, int? dtype=None)", Norms.Matrix);
        table.Add("linalg_matrix_norm(Tensor self, any ord='fro', any dim=None, bool keepdim=False, *, int? dtype=None)", Norms.Matrix);
        table.Add("cdist(Tensor x1, Tensor x2, float p=2, int? compute_mode=None)", Norms.Distances);
        table.Add("dist(Tensor self, Tensor other, Scalar p=2)", static call => Norms.Vector(call, call.Call("sub", call.Tensor("self"), call.Tensor("other")), call.Double("p"), null, false));
        table.Add("pairwise_distance(Tensor x1, Tensor x2, float p=2, float eps=1e-06, bool keepdim=False)", static call =>
            Norms.Vector(call, call.Call("add", call.Call("sub", call.Tensor("x1"), call.Tensor("x2")), call.Double("eps")), call.Double("p"), [-1], call.Bool("keepdim")));
        table.Add("cumsum(Tensor self, int dim, *, int? dtype=None)", Cumulative.Sum);
        table.Add("cumprod(Tensor self, int dim, *, int? dtype=None)", Cumulative.Product);
        table.Add("cummax(Tensor self, int dim)", static call => Cumulative.Extreme(call, "amax"));
        table.Add("cummin(Tensor self, int dim)", static call => Cumulative.Extreme(call, "amin"));
        table.Add("logcumsumexp(Tensor self, int dim)", Cumulative.LogSumExp);
        table.Add("diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None)", Cumulative.Diff);
    }
}
