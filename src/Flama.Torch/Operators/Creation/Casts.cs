using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Creation;

/// <summary>Types and copies.</summary>
internal static class Casts
{
    /// <summary>The tensor itself where the type is its own.</summary>
    public static Tensor To(OperatorCall call, TorchType? type)
    {
        var x = call.Tensor("self");
        return type is { } other ? call.To(x, other) : x;
    }

    /// <summary>A tensor with memory of its own.</summary>
    public static Tensor Copy(OperatorCall call, TorchType? type)
    {
        var x = call.Tensor("self");
        return type is { } other && other != x.Type ? call.To(x, other) : new Tensor(x.Value, call.Graph.Scope);
    }
}
