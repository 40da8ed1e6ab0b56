using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Creation;

/// <summary>Tensors that are made, and their types and places.</summary>
internal static class CreationModule
{
    private const string Options = "*, int? dtype=None, int? layout=None, any device=None, bool? pin_memory=None";

    public static void AddTo(OperatorTable table)
    {
        foreach (var (name, value) in ((string, object)[])[("zeros", 0.0), ("ones", 1.0), ("empty", 0.0)])
        {
            table.Add($"{name}(int[] size, {Options}, int? memory_format=None)", call => Fills.Full(call, call.Sizes("size"), value, call.Type("dtype") ?? TorchType.Float));
            table.Add($"{name}(int[] size, int? dtype=None, int? layout=None, any device=None, bool? pin_memory=None, int? memory_format=None)", call => Fills.Full(call, call.Sizes("size"), value, call.Type("dtype") ?? TorchType.Float));
            table.Add($"{name}_like(Tensor self, {Options}, int? memory_format=None)", call => Fills.Full(call, call.Tensor("self").Shape, value, call.Type("dtype") ?? call.Tensor("self").Type));
            table.Add($"{name}_like(Tensor self, int? dtype=None, int? layout=None, any device=None, bool? pin_memory=None, int? memory_format=None)", call => Fills.Full(call, call.Tensor("self").Shape, value, call.Type("dtype") ?? call.Tensor("self").Type));
            table.Add($"new_{name}(Tensor self, int[] size, {Options})", call => Fills.Full(call, call.Sizes("size"), value, call.Type("dtype") ?? call.Tensor("self").Type));
            table.Add($"new_{name}(Tensor self, int[] size, int? dtype=None, int? layout=None, any device=None, bool? pin_memory=None)", call => Fills.Full(call, call.Sizes("size"), value, call.Type("dtype") ?? call.Tensor("self").Type));
        }

        foreach (var rest in (string[])[Options, Options[3..]])
        {
            table.Add($"full(int[] size, Scalar fill_value, {rest})", static call => Fills.Full(call, call.Sizes("size"), call.Size("fill_value"), call.Type("dtype") ?? call.Tensor("fill_value").Type));
            table.Add($"full_like(Tensor self, Scalar fill_value, {rest}, int? memory_format=None)", static call => Fills.Full(call, call.Tensor("self").Shape, call.Size("fill_value"), call.Type("dtype") ?? call.Tensor("self").Type));
            table.Add($"new_full(Tensor self, int[] size, Scalar fill_value, {rest})", static call => Fills.Full(call, call.Sizes("size"), call.Size("fill_value"), call.Type("dtype") ?? call.Tensor("self").Type));
            table.Add($"scalar_tensor(Scalar s, {rest})", static call => call.Number(call.Size("s"), call.Type("dtype") ?? TorchType.Float));
            table.Add($"arange(Scalar end, {rest})", static call => Ranges.Arange(call, 0L, call.Size("end"), 1L));
            table.Add($"arange(Scalar start, Scalar end, {rest})", static call => Ranges.Arange(call, call.Size("start"), call.Size("end"), 1L));
            table.Add($"arange(Scalar start, Scalar end, Scalar step, {rest})", static call => Ranges.Arange(call, call.Size("start"), call.Size("end"), call.Size("step")));
            table.Add($"linspace(Scalar start, Scalar end, int steps, {rest})", static call => Ranges.Linspace(call));
            table.Add($"logspace(Scalar start, Scalar end, int steps, float base=10.0, {rest})", static call => call.To(call.Call("pow", call.TensorOf(call.Double("base")), Ranges.Linspace(call)), call.Type("dtype") ?? TorchType.Float));
            table.Add($"eye(int n, {rest})", static call => Ranges.Eye(call, call.Size("n"), call.Size("n")));
            table.Add($"eye(int n, int m, {rest})", static call => Ranges.Eye(call, call.Size("n"), call.Size("m")));
            foreach (var random in (string[])["rand", "randn"])
            {
                table.Refuse($"{random}(int[] size, {rest})", "it answers by chance");
                table.Refuse($"{random}_like(Tensor self, {rest}, int? memory_format=None)", "it answers by chance");
            }
        }

        table.Add("tril_indices(int row, int col, int offset=0, *, int? dtype=None, int? layout=None, any device=None, bool? pin_memory=None)", static call => Ranges.Triangle(call, isLower: true));
        table.Add("triu_indices(int row, int col, int offset=0, *, int? dtype=None, int? layout=None, any device=None, bool? pin_memory=None)", static call => Ranges.Triangle(call, isLower: false));
        table.Add("tensor(any data, *, int? dtype=None, any device=None, bool requires_grad=False)", Fills.OfData);
        table.Add("as_tensor(any data, *, int? dtype=None, any device=None)", Fills.OfData);
        table.Add("fill(Tensor self, any value)", static call => call.Expand(call.To(call.Tensor("value"), call.Tensor("self").Type), call.Tensor("self").Shape));
        table.Add("zero(Tensor self)", static call => Fills.Full(call, call.Tensor("self").Shape, 0L, call.Tensor("self").Type));
        table.Add("copy(Tensor self, Tensor src, bool non_blocking=False)", static call => call.Expand(call.To(call.Tensor("src"), call.Tensor("self").Type), call.Tensor("self").Shape));
        table.Add("to(Tensor self, int dtype, bool non_blocking=False, bool copy=False, int? memory_format=None)", static call => Casts.To(call, (TorchType)call.Int("dtype")));
        table.Add("to(Tensor self, any device, int? dtype=None, bool non_blocking=False, bool copy=False, int? memory_format=None)", static call => call.Get("device") is Tensor other ? Casts.To(call, other.Type) : Casts.To(call, call.Type("dtype")));
        table.Add("to(Tensor self, any dtype=None, any layout=None, any device=None, bool? pin_memory=None, bool non_blocking=False, bool copy=False, int? memory_format=None)", static call => Casts.To(call, call.Type("dtype")));
        table.Add("to(Tensor self, *, any dtype=None, any layout=None, any device=None, bool? pin_memory=None, bool non_blocking=False, bool copy=False, int? memory_format=None)", static call => Casts.To(call, call.Type("dtype")));
        table.Add("_to(Tensor self, int dtype)", static call => call.To(call.Tensor("self"), (TorchType)call.Int("dtype")));
        table.Add("_to_copy(Tensor self, *, any dtype=None, any layout=None, any device=None, bool? pin_memory=None, bool non_blocking=False, int? memory_format=None)", static call => Casts.Copy(call, call.Type("dtype")));
        table.Add("type_as(Tensor self, Tensor other)", static call => Casts.To(call, call.Tensor("other").Type));
        foreach (var (name, type) in ((string, TorchType)[])[("float", TorchType.Float), ("double", TorchType.Double), ("half", TorchType.Half), ("int", TorchType.Int32), ("long", TorchType.Int64), ("bool", TorchType.Bool), ("bfloat16", TorchType.BFloat16)])
        {
            table.Add($"{name}(Tensor self)", call => Casts.To(call, type));
        }

        foreach (var name in (string[])["clone", "contiguous", "lift_fresh_copy"])
        {
            table.Add($"{name}(Tensor self, *, int? memory_format=None)", static call => Casts.Copy(call, null));
        }

        foreach (var name in (string[])["detach", "alias", "lift_fresh", "cpu", "requires_grad_", "view_of", "detach_", "positive", "resolve_conj", "resolve_neg"])
        {
            table.Add($"{name}(Tensor self, any requires_grad=None)", static call => call.Tensor("self"));
        }

        table.Add("item(Tensor self)", static call => call.Size("self"));
        table.Add("_local_scalar_dense(Tensor self)", static call => call.Size("self"));
        table.Add("Int(Tensor a)", static call => SymMath.Apply("int", call.Size("a")));
        table.Add("IntImplicit(Tensor a)", static call => SymMath.Apply("int", call.Size("a")));
        table.Add("FloatImplicit(Tensor a)", static call => SymMath.Apply("float", call.Size("a")));
        table.Add("ScalarImplicit(Tensor a)", static call => call.Size("a"));
        table.Add("Float(Tensor a)", static call => SymMath.Apply("float", call.Size("a")));
        table.Add("Bool(Tensor a)", static call => SymMath.Apply("bool", call.Size("a")));
        table.Add("_assert_tensor_metadata(any a=None, any size=None, any stride=None, any dtype=None, *, any device=None, any layout=None)", static _ => null);
        table.Add("_assert_scalar(any self, any assert_msg)", static _ => null);
        table.Add("_assert_async(any self, any assert_msg=None)", static _ => null);
        table.Add("sym_constrain_range_for_size(any size, *, any min=None, any max=None)", static _ => null);
        table.Add("sym_constrain_range(any size, *, any min=None, any max=None)", static _ => null);
    }
}
