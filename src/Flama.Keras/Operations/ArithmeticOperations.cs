using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Operations;

/// <summary>Numbers with numbers.</summary>
internal static class ArithmeticOperations
{
    public static IReadOnlyDictionary<string, OperationLowering> All { get; } = new Dictionary<string, OperationLowering>(StringComparer.Ordinal)
    {
        ["Add"] = Binary("Add"),
        ["Subtract"] = Binary("Sub"),
        ["Multiply"] = Binary("Mul"),
        ["TrueDivide"] = Divide,
        ["Divide"] = Divide,
        ["FloorDivide"] = (g, call) => call.Pair(g) is var (a, b) ? FloorDivide(g, a, b) : null!,
        ["Mod"] = (g, call) => call.Pair(g) is var (a, b) ? Modulo(g, a, b) : null!,
        ["Power"] = (g, call) => call.Pair(g) is var (a, b) ? g.Binary("Pow", a, b) : null!,
        ["Maximum"] = Binary("Max"),
        ["Minimum"] = Binary("Min"),
        ["SquaredDifference"] = (g, call) => call.Pair(g) is var (a, b) && g.Minus(a, b) is var d ? g.Times(d, d) : null!,
        ["Equal"] = Compare("Equal"),
        ["NotEqual"] = (g, call) => g.Not(Compare("Equal")(g, call) is Value value ? value : null!),
        ["Greater"] = Compare("Greater"),
        ["GreaterEqual"] = Compare("GreaterOrEqual"),
        ["Less"] = Compare("Less"),
        ["LessEqual"] = Compare("LessOrEqual"),
        ["LogicalAnd"] = Logical("And"),
        ["LogicalOr"] = Logical("Or"),
        ["LogicalXor"] = Logical("Xor"),
        ["LogicalNot"] = (g, call) => g.Not(call.Value(g, 0, "x")),
        ["Absolute"] = Unary("Abs"),
        ["Abs"] = Unary("Abs"),
        ["Negative"] = Unary("Neg"),
        ["Sign"] = Unary("Sign"),
        ["Square"] = (g, call) => call.Value(g, 0, "x") is var x ? g.Times(x, x) : null!,
        ["Sqrt"] = Float("Sqrt"),
        ["Rsqrt"] = (g, call) => g.Unary("Reciprocal", g.Unary("Sqrt", g.Float(call.Value(g, 0, "x")))),
        ["Reciprocal"] = Float("Reciprocal"),
        ["Exp"] = Float("Exp"),
        ["Expm1"] = (g, call) => g.Plus(g.Unary("Exp", g.Float(call.Value(g, 0, "x"))), -1),
        ["Log"] = Float("Log"),
        ["Log1p"] = (g, call) => g.Unary("Log", g.Plus(g.Float(call.Value(g, 0, "x")), 1)),
        ["Log2"] = (g, call) => g.Times(g.Unary("Log", g.Float(call.Value(g, 0, "x"))), 1 / Math.Log(2)),
        ["Log10"] = (g, call) => g.Times(g.Unary("Log", g.Float(call.Value(g, 0, "x"))), 1 / Math.Log(10)),
        ["Sin"] = Float("Sin"),
        ["Cos"] = Float("Cos"),
        ["Tan"] = Float("Tan"),
        ["Arcsin"] = Float("Asin"),
        ["Arccos"] = Float("Acos"),
        ["Arctan"] = Float("Atan"),
        ["Arctan2"] = (g, call) => call.Pair(g) is var (a, b) ? Arctan2(g, g.Float(a), g.Float(b)) : null!,
        ["Sinh"] = Float("Sinh"),
        ["Cosh"] = Float("Cosh"),
        ["Erf"] = Float("Erf"),
        ["Floor"] = Float("Floor"),
        ["Ceil"] = Float("Ceil"),
        ["Round"] = Float("Round"),
        ["Isnan"] = (g, call) => call.Value(g, 0, "x") is var x ? g.Add("IsNaN", OnnxElementType.Boolean, x.Shape, [g.Float(x)]) : null!,
        ["Clip"] = (g, call) => g.Clip(call.Value(g, 0, "x"), call.Double("x_min", double.NegativeInfinity, 1), call.Double("x_max", double.PositiveInfinity, 2)),
        ["Where"] = Where,
        ["Cast"] = (g, call) => ElementNames.Find(call.Text("dtype", 1)) is { } type ? g.Cast(call.Value(g, 0, "x"), type) : throw call.Missing("dtype"),
        ["ZerosLike"] = (g, call) => call.Value(g, 0, "x") is var x ? g.Times(x, 0) : null!,
        ["OnesLike"] = (g, call) => call.Value(g, 0, "x") is var x ? g.Expand(g.Scalar(1, x.Type), g.ShapeOf(x), x.Shape) : null!,
        ["Matmul"] = (g, call) => call.Pair(g) is var (a, b) ? g.MatMul(a, b) : null!,
        ["Dot"] = (g, call) => call.Pair(g) is var (a, b) ? g.MatMul(a, b) : null!,
        ["Einsum"] = (g, call) => g.Einsum(call.Config.Text("subscripts") ?? throw call.Missing("subscripts"), [.. call.List(g)]),
    };

    /// <summary>Two by an operator.</summary>
    public static OperationLowering Binary(string op, string left = "x1", string right = "x2") => (g, call) => call.Pair(g, left, right) is var (a, b) ? g.Binary(op, a, b) : null!;

    /// <summary>Two compared.</summary>
    public static OperationLowering Compare(string op, string left = "x1", string right = "x2") => (g, call) => call.Pair(g, left, right) is var (a, b) ? g.Compare(op, a, b) : null!;

    /// <summary>One by an operator.</summary>
    public static OperationLowering Unary(string op) => (g, call) => g.Unary(op, call.Value(g, 0, "x"));

    /// <summary>One by an operator of floating-point numbers.</summary>
    public static OperationLowering Float(string op) => (g, call) => g.Unary(op, g.Float(call.Value(g, 0, "x")));

    /// <summary>The angle of y / x, turned by half a circle where x is negative.</summary>
    public static Value Arctan2(Lowering g, Value y, Value x)
    {
        var isBelow = g.Compare("Less", y, 0);
        var turn = g.Where(g.Compare("Less", x, 0), g.Where(isBelow, g.Scalar(-Math.PI, x.Type), g.Scalar(Math.PI, x.Type)), g.Scalar(0, x.Type));
        var upright = g.Times(g.Unary("Sign", y), Math.PI / 2);
        return g.Where(g.Compare("Equal", x, 0), upright, g.Plus(g.Unary("Atan", g.Over(y, x)), turn));
    }

    /// <summary>What is left after a division, with the sign of the divisor.</summary>
    public static Value Modulo(Lowering g, Value a, Value b) => a.IsFloat || b.IsFloat ? g.Minus(a, g.Times(b, g.Unary("Floor", g.Over(a, b)))) : g.Binary("Mod", a, b);

    /// <summary>The greatest whole number that is not above the quotient; the operator itself cuts off towards 0.</summary>
    public static Value FloorDivide(Lowering g, Value a, Value b) =>
        a.IsFloat || b.IsFloat ? g.Unary("Floor", g.Over(a, b)) : g.Over(g.Minus(a, Modulo(g, a, b)), b);

    private static OperationLowering Logical(string op) => (g, call) =>
        call.Pair(g) is var (a, b) ? g.Compare(op, g.Cast(a, OnnxElementType.Boolean), g.Cast(b, OnnxElementType.Boolean)) : null!;

    private static Value Divide(Lowering g, OperationCall call)
    {
        var (a, b) = call.Argument(0, "x1") is Value || call.Argument(0, "x") is Value ? call.Pair(g, "x1", call.Argument(1, "x2") is null ? "y" : "x2") : call.Pair(g, "x1", "x2");
        return g.Over(g.Float(a), g.Float(b));
    }

    private static Value Where(Lowering g, OperationCall call)
    {
        var condition = g.Cast(call.Value(g, 0, "condition"), OnnxElementType.Boolean);
        var (yes, no) = (call.Argument(1, "x1"), call.Argument(2, "x2"));
        return g.Where(condition, call.Value(g, 1, "x1", no as Value), call.Value(g, 2, "x2", yes as Value));
    }
}
