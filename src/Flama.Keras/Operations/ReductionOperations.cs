using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Operations;

/// <summary>Many numbers to one.</summary>
internal static class ReductionOperations
{
    public static IReadOnlyDictionary<string, OperationLowering> All { get; } = new Dictionary<string, OperationLowering>(StringComparer.Ordinal)
    {
        ["Sum"] = Reduce("ReduceSum", isFloat: false),
        ["Mean"] = Reduce("ReduceMean", isFloat: true),
        ["Max"] = Reduce("ReduceMax", isFloat: false),
        ["Amax"] = Reduce("ReduceMax", isFloat: false),
        ["Min"] = Reduce("ReduceMin", isFloat: false),
        ["Amin"] = Reduce("ReduceMin", isFloat: false),
        ["Prod"] = Reduce("ReduceProd", isFloat: false),
        ["Var"] = (g, call) => Variance(g, call),
        ["Std"] = (g, call) => g.Unary("Sqrt", Variance(g, call)),
        ["Any"] = (g, call) => g.Any(Input(g, call), Keeps(call), Axes(call)),
        ["All"] = (g, call) => g.All(Input(g, call), Keeps(call), Axes(call)),
        ["Argmax"] = (g, call) => Arg(g, call, "ArgMax"),
        ["Argmin"] = (g, call) => Arg(g, call, "ArgMin"),
        ["CountNonzero"] = (g, call) => g.Sum(g.Cast(g.Cast(Input(g, call), OnnxElementType.Boolean), OnnxElementType.Int32), false, Axes(call)),
        ["Logsumexp"] = (g, call) => g.Reduce("ReduceLogSumExp", g.Float(Input(g, call)), Keeps(call), Axes(call)),
        ["Norm"] = Norm,
        ["Cumsum"] = (g, call) => Input(g, call) is var x ? g.Add("CumSum", x.Type, x.Shape, [x, g.Scalar(x.Axis(call.Integer("axis", 0)), OnnxElementType.Int64)]) : null!,
        ["TopK"] = TopK,
    };

    private static Value Input(Lowering g, OperationCall call) => call.Value(g, 0, call.Call.Keywords.ContainsKey("input_tensor") ? "input_tensor" : "x");

    private static long[] Axes(OperationCall call) => call.Integers("axis", 1) ?? [];

    private static bool Keeps(OperationCall call) => call.Flag("keepdims", false, 2);

    private static OperationLowering Reduce(string op, bool isFloat) => (g, call) => g.Reduce(op, isFloat ? g.Float(Input(g, call)) : Input(g, call), Keeps(call), Axes(call));

    private static Value Variance(Lowering g, OperationCall call)
    {
        var x = g.Float(Input(g, call));
        var difference = g.Minus(x, g.Mean(x, true, Axes(call)));
        return g.Mean(g.Times(difference, difference), Keeps(call), Axes(call));
    }

    private static Value Arg(Lowering g, OperationCall call, string op)
    {
        var x = Input(g, call);
        var axis = call.Integers("axis", 1) is [var one] ? one : (long?)null;
        var flat = axis is null ? g.Reshape(x, -1) : x;
        return g.Cast(g.ArgMax(flat, axis ?? 0, Keeps(call), op), call.IsThird ? OnnxElementType.Int32 : OnnxElementType.Int64);
    }

    // As numpy has it: along two axes an order is one of matrices, along one of vectors.
    private static Value Norm(Lowering g, OperationCall call)
    {
        var x = g.Float(Input(g, call));
        var axes = Axes(call);
        var order = call.Argument(-1, "ord");
        var isMatrix = axes.Length == 2 || (axes.Length == 0 && x.Rank == 2);
        return order switch
        {
            null or "euclidean" or "fro" => g.Unary("Sqrt", g.Sum(g.Times(x, x), Keeps(call), axes)),
            2L or 2.0 when !isMatrix => g.Unary("Sqrt", g.Sum(g.Times(x, x), Keeps(call), axes)),
            1L or 1.0 when isMatrix => LargestColumn(g, x, axes.Length == 2 ? axes : [0, 1], Keeps(call)),
            1L or 1.0 => g.Sum(g.Unary("Abs", x), Keeps(call), axes),
            _ => throw KerasErrors.Unsupported(call.Name, isMatrix ? "is a norm of matrices of another order than 1 and Frobenius's" : "is a norm of another order than 1 and 2"),
        };
    }

    private static Value LargestColumn(Lowering g, Value x, long[] axes, bool keep)
    {
        var largest = g.Max(g.Sum(g.Unary("Abs", x), true, axes[0]), true, axes[1]);
        return keep ? largest : g.Squeeze(largest, axes);
    }

    private static List<object?> TopK(Lowering g, OperationCall call)
    {
        var x = Input(g, call);
        var k = call.Integer("k", 1, 1);
        long[] shape = [.. x.Shape[..^1], k];
        var made = g.AddAll("TopK", [x, g.Longs(k)], [(x.Type, shape), (OnnxElementType.Int64, shape)], OnnxAttribute.Of("axis", -1L));
        return new List<object?> { made[0], g.Cast(made[1], OnnxElementType.Int32) };
    }
}
