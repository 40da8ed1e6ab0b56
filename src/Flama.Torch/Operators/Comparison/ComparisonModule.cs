using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Comparison;

/// <summary>Comparisons, truth values, and the choice by them.</summary>
internal static class ComparisonModule
{
    public static void AddTo(OperatorTable table)
    {
        foreach (var (name, onnx) in ((string, string)[])[("eq", "Equal"), ("ne", "NotEqual"), ("lt", "Less"), ("le", "LessOrEqual"), ("gt", "Greater"), ("ge", "GreaterOrEqual")])
        {
            table.Add($"{name}(Tensor self, any other)", call => Comparisons.Compare(call, name, onnx, call.Tensor("self"), call.Tensor("other")));
            table.Add($"{name}(Scalar self, Tensor other)", call => Comparisons.Compare(call, name, onnx, call.Tensor("self"), call.Tensor("other")));
        }

        foreach (var (alias, name) in ((string, string)[])[("less", "lt"), ("greater", "gt"), ("less_equal", "le"), ("greater_equal", "ge"), ("not_equal", "ne")])
        {
            table.Add($"{alias}(Tensor self, any other)", call => call.Call(name, call.Tensor("self"), call.Tensor("other")));
        }

        foreach (var (name, onnx) in ((string, string)[])[("logical_and", "And"), ("logical_or", "Or"), ("logical_xor", "Xor")])
        {
            table.Add($"{name}(Tensor self, Tensor other)", call => Comparisons.Logical(call, onnx));
        }

        table.Add("logical_not(Tensor self)", static call => call.Of(call.Node("Not", [call.As(call.Tensor("self"), TorchType.Bool)]), TorchType.Bool, call.Tensor("self").Shape));
        table.Add("__not__(Tensor self)", static call => call.Call("logical_not", call.Tensor("self")));
        table.Add("isnan(Tensor self)", Comparisons.IsNan);
        table.Add("isinf(Tensor self)", Comparisons.IsInf);
        table.Add("isfinite(Tensor self)", static call => call.Call("logical_not", call.Call("logical_or", Comparisons.IsNan(call), Comparisons.IsInf(call))));
        table.Add("isclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False)", Comparisons.IsClose);
        table.Add("where(Tensor condition, any self, any other)", Comparisons.Where);
        table.Add("masked_fill(Tensor self, Tensor mask, any value)", Comparisons.MaskedFill);
        table.Add("is_floating_point(Tensor self)", static call => TorchTypes.IsFloating(call.Tensor("self").Type));
        table.Add("is_complex(Tensor self)", static call => TorchTypes.IsComplex(call.Tensor("self").Type));
        table.Add("is_nonzero(Tensor self)", static call => SymMath.Apply("bool", call.Size("self")));
        table.Add("is_pinned(Tensor self)", static _ => false);
    }
}
