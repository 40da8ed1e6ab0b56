using System.Runtime.CompilerServices;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Creation;

/// <summary>Tensors of one value, and of values that are written down.</summary>
internal static class Fills
{
    public static Tensor Full(OperatorCall call, object[] shape, object value, TorchType type) =>
        shape.Length == 0 ? call.Number(value, type) : call.Expand(Typed(call, value, type), shape);

    /// <summary>Nested lists of numbers; a tensor is copied.</summary>
    public static Tensor OfData(OperatorCall call)
    {
        var data = call.Get("data");
        if (data is Tensor tensor)
        {
            return call.Type("dtype") is { } other ? call.To(tensor, other) : tensor;
        }

        List<object> elements = [];
        List<object> shape = [];
        Collect(call, data, elements, shape, 0);
        var type = call.Type("dtype") ?? (elements.Exists(IsFloating) ? TorchType.Float
            : elements.Count > 0 && elements.TrueForAll(static element => element is bool) ? TorchType.Bool
            : elements.Count == 0 ? TorchType.Float : TorchType.Int64);
        if (shape.Count == 0)
        {
            return call.Number(elements is [var element] ? element : throw call.Refused("a tensor is made of what is no number"), type);
        }

        if (shape.Aggregate(1L, static (product, length) => product * (long)length) != elements.Count)
        {
            throw call.Refused("a tensor is made of lists of different lengths");
        }

        var vector = elements.Count == 0 ? Full(call, [0L], 0L, type) : call.Concat([.. elements.Select(element => call.Unsqueeze(Typed(call, element, type), 0))], 0);
        return call.Reshape(vector, [.. shape]);
    }

    private static Tensor Typed(OperatorCall call, object value, TorchType type) => call.Number(value, type);

    private static bool IsFloating(object element) => Sym.KindOf(element) == typeof(double);

    private static void Collect(OperatorCall call, object? data, List<object> elements, List<object> shape, int depth)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        call.Room(1);
        if (call.Caller.Number(data) is { } number)
        {
            elements.Add(number);
            return;
        }

        var items = call.ItemsOf(data);
        if (depth == shape.Count)
        {
            shape.Add((long)items.Count);
        }

        foreach (var item in items)
        {
            Collect(call, item, elements, shape, depth + 1);
        }
    }
}
