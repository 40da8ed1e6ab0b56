using System.Collections.Frozen;
using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;
using Flama.Onnx.Graphs;

namespace Flama.Keras.TensorFlow;

/// <summary>The operations of TensorFlow that are known, by name: what a serving graph of Keras and of estimators has.</summary>
internal static class GraphOperations
{
    private static readonly FrozenDictionary<string, Func<GraphCall, object?[]>> Known =
        Basic().Concat(ShapeNodes.All).Concat(PictureNodes.All).Concat(LoopNodes.All).Concat(TextNodes.All).Concat(SparseNodes.All).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names, in order.</summary>
    public static IEnumerable<string> Names => Known.Keys.Order(StringComparer.Ordinal);

    /// <summary>Finds one; null for one that is not known.</summary>
    public static Func<GraphCall, object?[]>? Find(string op) => Known.GetValueOrDefault(op);

    private static Dictionary<string, Func<GraphCall, object?[]>> Basic()
    {
        Dictionary<string, Func<GraphCall, object?[]>> all = new(StringComparer.Ordinal)
        {
            ["Const"] = call => [call.Lowering.Constant(call.Node)],
            ["NoOp"] = _ => [null],
            ["Assert"] = _ => [null],
            ["VarHandleOp"] = call => [new GraphHandle(call.Node.Name)],
            ["VariableV2"] = call => [call.Lowering.VariableOf(new GraphHandle(call.Node.Name))],
            ["ReadVariableOp"] = call => [Variable(call, 0)],
            ["ResourceGather"] = call => [call.Node.Integer("batch_dims") == 0 ? call.G.Gather(Variable(call, 0), call[1], 0) : throw KerasErrors.Unsupported(call.Node.Name, "gathers with batch dimensions")],
            ["PartitionedCall"] = call => call.Lowering.Call(call.Node.Function("f"), call.Inputs, call.Depth + 1),
            ["StatefulPartitionedCall"] = call => call.Lowering.Call(call.Node.Function("f"), call.Inputs, call.Depth + 1),
            ["MatMul"] = call => [call.G.MatMul(Turned(call, 0, "transpose_a"), Turned(call, 1, "transpose_b"))],
            ["BatchMatMulV2"] = call => [call.G.MatMul(Turned(call, 0, "adj_x"), Turned(call, 1, "adj_y"))],
            ["BatchMatMul"] = call => [call.G.MatMul(Turned(call, 0, "adj_x"), Turned(call, 1, "adj_y"))],
            ["BiasAdd"] = call => [call.Node.Text("data_format") == "NCHW" && call[0].Rank > 2 ? call.G.Plus(call[0], call.G.Reshape(call[1], [-1, .. Enumerable.Repeat(1L, call[0].Rank - 2)])) : call.G.Plus(call[0], call[1])],
            ["AddN"] = call => [call.Inputs.OfType<Value>().Aggregate(call.G.Plus)],
            ["Softmax"] = call => [call.G.Softmax(call[0], -1)],
            ["LogSoftmax"] = call => [call.G.Unary("LogSoftmax", call[0], OnnxAttribute.Of("axis", call[0].Rank - 1L))],
            ["Rsqrt"] = call => [call.G.Unary("Reciprocal", call.G.Unary("Sqrt", call[0]))],
            ["Square"] = call => [call.G.Times(call[0], call[0])],
            ["SquaredDifference"] = call => [call.G.Minus(call[0], call[1]) is var d ? call.G.Times(d, d) : null],
            ["Relu6"] = call => [call.G.Clip(call[0], 0, 6)],
            ["LeakyRelu"] = call => [call.G.Unary("LeakyRelu", call[0], OnnxAttribute.Of("alpha", call.Node.Float("alpha", 0.2f)))],
            ["Selu"] = call => [ActivationFunctions.Find("selu", true)!(call.G, call[0])],
            ["Erfc"] = call => [call.G.Minus(call.G.Scalar(1, call[0].Type), call.G.Unary("Erf", call[0]))],
            ["Log1p"] = call => [call.G.Unary("Log", call.G.Plus(call[0], 1))],
            ["Expm1"] = call => [call.G.Plus(call.G.Unary("Exp", call[0]), -1)],
            ["NotEqual"] = call => [call.G.Not(call.G.Compare("Equal", call[0], call[1]))],
            ["LogicalNot"] = call => [call.G.Not(call[0])],
            ["SelectV2"] = call => [call.G.Where(call[0], call[1], call[2])],
            ["Select"] = call => [call.G.Where(call[0].Rank < call[1].Rank && call[0].Rank == 1 ? call.G.Reshape(call[0], [-1, .. Enumerable.Repeat(1L, call[1].Rank - 1)]) : call[0], call[1], call[2])],
            ["ZerosLike"] = call => [call.G.Expand(call.G.Scalar(0, call[0].Type), call.G.ShapeOf(call[0]), call[0].Shape)],
            ["OnesLike"] = call => [call.G.Expand(call.G.Scalar(1, call[0].Type), call.G.ShapeOf(call[0]), call[0].Shape)],
            ["FloorMod"] = call => [Operations.ArithmeticOperations.Modulo(call.G, call[0], call[1])],
            ["FloorDiv"] = call => [Operations.ArithmeticOperations.FloorDivide(call.G, call[0], call[1])],
            ["Einsum"] = call => [call.G.Einsum(call.Node.Text("equation"), [.. call.Inputs.OfType<Value>()])],
            ["ClipByValue"] = call => [call.G.Binary("Min", call.G.Binary("Max", call[0], call[1]), call[2])],
            ["OneHot"] = OneHot,
            ["Cumsum"] = call => [call.G.Add("CumSum", call[0].Type, call[0].Shape, [call[0], call.G.Scalar(call[0].Axis(call.Known(1)[0]), OnnxElementType.Int64)], OnnxAttribute.Of("exclusive", call.Node.Flag("exclusive") ? 1L : 0L), OnnxAttribute.Of("reverse", call.Node.Flag("reverse") ? 1L : 0L))],
            ["TopKV2"] = TopK,
            ["MatrixBandPart"] = call => [BandPart(call)],
            ["Softplus"] = call => [Softplus(call)],
            ["Atan2"] = call => [Operations.ArithmeticOperations.Arctan2(call.G, call[0], call[1])],
            ["Invert"] = call => [call.G.Unary("BitwiseNot", call[0])],
            ["IsNan"] = call => [call.G.Add("IsNaN", OnnxElementType.Boolean, call[0].Shape, [call[0]])],
        };
        foreach (var name in new[] { "Identity", "StopGradient", "PreventGradient", "Snapshot", "CheckNumerics", "EnsureShape", "PlaceholderWithDefault" })
        {
            all[name] = call => [call.Inputs[0]];
        }

        all["IdentityN"] = call => [.. call.Inputs];
        foreach (var (name, op) in new[] { ("Relu", "Relu"), ("Sigmoid", "Sigmoid"), ("Tanh", "Tanh"), ("Softsign", "Softsign"), ("Elu", "Elu"), ("Erf", "Erf"), ("Exp", "Exp"), ("Log", "Log"), ("Sqrt", "Sqrt"),
            ("Neg", "Neg"), ("Abs", "Abs"), ("Sign", "Sign"), ("Floor", "Floor"), ("Ceil", "Ceil"), ("Rint", "Round"), ("Round", "Round"), ("Reciprocal", "Reciprocal"), ("Inv", "Reciprocal"), ("Sin", "Sin"), ("Cos", "Cos"), ("Tan", "Tan"),
            ("Asin", "Asin"), ("Acos", "Acos"), ("Atan", "Atan"), ("Sinh", "Sinh"), ("Cosh", "Cosh") })
        {
            all[name] = call => [call.G.Unary(op, call[0])];
        }

        foreach (var (name, op) in new[] { ("AddV2", "Add"), ("Add", "Add"), ("Sub", "Sub"), ("Mul", "Mul"), ("RealDiv", "Div"), ("Div", "Div"), ("TruncateDiv", "Div"), ("Maximum", "Max"), ("Minimum", "Min"), ("Pow", "Pow"),
            ("BitwiseAnd", "BitwiseAnd"), ("BitwiseOr", "BitwiseOr"), ("BitwiseXor", "BitwiseXor") })
        {
            all[name] = call => [call.Lowering.Tell(call.G.Binary(op, call[0], call[1]), Computed(op, call))];
        }

        foreach (var (name, op) in new[] { ("Less", "Less"), ("LessEqual", "LessOrEqual"), ("Greater", "Greater"), ("GreaterEqual", "GreaterOrEqual"), ("Equal", "Equal"), ("LogicalAnd", "And"), ("LogicalOr", "Or") })
        {
            all[name] = call => [call.G.Compare(op, call[0], call[1])];
        }

        foreach (var (name, op) in new[] { ("Mean", "ReduceMean"), ("Sum", "ReduceSum"), ("Max", "ReduceMax"), ("Min", "ReduceMin"), ("Prod", "ReduceProd") })
        {
            all[name] = call => Reduce(call, op);
        }

        all["Any"] = call => [call.G.Any(call[0], call.Node.Flag("keep_dims"), call.Known(1))];
        all["All"] = call => [call.G.All(call[0], call.Node.Flag("keep_dims"), call.Known(1))];
        foreach (var (name, op) in new[] { ("ArgMax", "ArgMax"), ("ArgMin", "ArgMin") })
        {
            all[name] = call => [call.G.Cast(call.G.ArgMax(call[0], call.Known(1)[0], false, op), call.Node.Type("output_type") ?? OnnxElementType.Int64)];
        }

        return all;
    }

    private static Value Variable(GraphCall call, int index) => call.Inputs[index] switch
    {
        GraphHandle handle => call.Lowering.VariableOf(handle),
        Value value => value,
        _ => throw KerasErrors.Unsupported(call.Node.Name, "reads something that is no variable"),
    };

    private static Value Turned(GraphCall call, int index, string flag) =>
        call.Node.Flag(flag) ? call.G.Transpose(call[index], [.. Enumerable.Range(0, call[index].Rank - 2), call[index].Rank - 1, call[index].Rank - 2]) : call[index];

    private static object?[] Reduce(GraphCall call, string op)
    {
        var axes = call.Known(1);
        if (axes.Length == 0)
        {
            return [call[0]];
        }

        var numbers = op == "ReduceProd" && call.Numbers(0) is { } known && Array.TrueForAll(known, number => number is not null) ? known.Aggregate(1L, (a, b) => a * b!.Value) : (long?)null;
        return [call.Lowering.Tell(call.G.Reduce(op, call[0], call.Node.Flag("keep_dims"), axes), numbers is null ? null : [numbers])];
    }

    private static long?[]? Computed(string op, GraphCall call)
    {
        if (call.Numbers(0) is not { } left || call.Numbers(1) is not { } right || (left.Length != right.Length && left.Length != 1 && right.Length != 1))
        {
            return null;
        }

        return [.. Enumerable.Range(0, Math.Max(left.Length, right.Length)).Select(i =>
        {
            var (a, b) = (left[left.Length == 1 ? 0 : i], right[right.Length == 1 ? 0 : i]);
            return op switch { "Add" => a + b, "Sub" => a - b, "Mul" => a * b, "Max" when a is not null && b is not null => Math.Max(a.Value, b.Value), "Min" when a is not null && b is not null => Math.Min(a.Value, b.Value), _ => null };
        })];
    }

    // ONNX Runtime has no such operator for float64.
    private static Value Softplus(GraphCall call)
    {
        var (g, x) = (call.G, call[0]);
        return x.Type == OnnxElementType.Float64
            ? g.Plus(g.Clip(x, 0, null), g.Unary("Log", g.Plus(g.Unary("Exp", g.Neg(g.Unary("Abs", x))), 1)))
            : g.Unary("Softplus", x);
    }

    private static Value BandPart(GraphCall call)
    {
        var (below, above) = (call.Known(1)[0], call.Known(2)[0]);
        if (below < 0 && above < 0)
        {
            return call[0];
        }

        return (below < 0 && above == 0) || (below == 0 && above < 0)
            ? call.G.Unary("Trilu", call[0], OnnxAttribute.Of("upper", below == 0 ? 1L : 0L))
            : throw KerasErrors.Unsupported(call.Node.Name, "keeps a band of a matrix");
    }

    private static object?[] OneHot(GraphCall call)
    {
        var depth = call.Known(1)[0];
        var hot = call.G.OneHot(call[0], depth, OnnxElementType.Boolean, call.Node.Integer("axis", -1));
        return [call.G.Where(hot, call[2], call[3])];
    }

    private static object?[] TopK(GraphCall call)
    {
        var k = call.Known(1)[0];
        long[] shape = [.. call[0].Shape[..^1], k];
        var made = call.G.AddAll("TopK", [call[0], call.G.Longs(k)], [(call[0].Type, shape), (OnnxElementType.Int64, shape)], OnnxAttribute.Of("axis", -1L));
        return [made[0], call.G.Cast(made[1], OnnxElementType.Int32)];
    }
}
