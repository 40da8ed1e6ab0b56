using System.Collections.Frozen;
using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Operations;

/// <summary>The functions of TensorFlow that are known among layers of Keras 2, by name without <c>tf.</c></summary>
internal static class TensorFlowCatalog
{
    private static readonly FrozenDictionary<string, OperationLowering> Known = Make().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names, in order.</summary>
    public static IEnumerable<string> Names => Known.Keys.Order(StringComparer.Ordinal);

    /// <summary>Finds one; null for one that is not known.</summary>
    public static OperationLowering? Find(string function) =>
        Known.GetValueOrDefault(function) ?? (function.StartsWith("compat.v1.", StringComparison.Ordinal) ? Known.GetValueOrDefault(function["compat.v1.".Length..]) : null);

    private static Dictionary<string, OperationLowering> Make()
    {
        Dictionary<string, OperationLowering> all = new(StringComparer.Ordinal)
        {
            ["__operators__.getitem"] = (g, call) => ShapeOperations.GetItem(g, call.Value(g, 0, "x"), call.Argument(1, "slice_spec")),
            ["concat"] = (g, call) => g.Concat(call.List(g), call.Integer("axis", 0)),
            ["stack"] = (g, call) => ShapeOperations.Stack(g, call),
            ["split"] = ShapeOperations.Split,
            ["reshape"] = (g, call) => ShapeOperations.Reshape(g, call.Value(g, 0, "tensor"), call, "shape"),
            ["transpose"] = (g, call) => OperationCatalog.Find("Transpose")!(g, call),
            ["expand_dims"] = (g, call) => g.Unsqueeze(call.Value(g, 0, "input"), call.Integer("axis", 0, 1)),
            ["squeeze"] = (g, call) => OperationCatalog.Find("Squeeze")!(g, call),
            ["tile"] = (g, call) => g.Tile(call.Value(g, 0, "input"), call.Integers("multiples", 1) ?? throw call.Missing("multiples")),
            ["shape"] = (g, call) => g.Cast(g.ShapeOf(call.Value(g, 0, "input")), OnnxElementType.Int32),
            ["cast"] = (g, call) => ElementNames.Find(call.Text("dtype", 1)) is { } type ? g.Cast(call.Value(g, 0, "x"), type) : throw call.Missing("dtype"),
            ["one_hot"] = (g, call) => g.OneHot(call.Value(g, 0, "indices"), call.Integer("depth", 1, 1), ElementNames.Find(call.Text("dtype")) ?? OnnxElementType.Float32, call.Integer("axis", -1)),
            ["gather"] = Gather,
            ["where"] = (g, call) => g.Where(g.Cast(call.Value(g, 0, "condition"), OnnxElementType.Boolean), call.Value(g, 1, "x", call.Argument(2, "y") as Value), call.Value(g, 2, "y", call.Argument(1, "x") as Value)),
            ["clip_by_value"] = (g, call) => g.Clip(call.Value(g, 0, "t"), call.Double("clip_value_min", double.NegativeInfinity, 1), call.Double("clip_value_max", double.PositiveInfinity, 2)),
            ["linalg.matmul"] = MatMul,
            ["image.resize"] = (g, call) => NeuralOperations.Resize(g, call),
            ["nn.relu"] = (g, call) => g.Unary("Relu", call.Value(g, 0, "features")),
            ["nn.relu6"] = (g, call) => g.Clip(call.Value(g, 0, "features"), 0, 6),
            ["nn.gelu"] = (g, call) => ActivationFunctions.Gelu(g, call.Value(g, 0, "features"), call.Flag("approximate")),
            ["nn.leaky_relu"] = (g, call) => g.Unary("LeakyRelu", call.Value(g, 0, "features"), OnnxAttribute.Of("alpha", (float)call.Double("alpha", 0.2))),
            ["nn.softmax"] = (g, call) => g.Softmax(call.Value(g, 0, "logits"), call.Integer("axis", -1)),
            ["math.l2_normalize"] = (g, call) => Flama.Keras.Layers.Normalizations.UnitNormalization.Normalize(g, call.Value(g, 0, "x"), call.Integers("axis", 1) ?? [-1]),
            ["identity"] = (g, call) => call.Value(g, 0, "input"),
            ["stop_gradient"] = (g, call) => call.Value(g, 0, "input"),
        };
        foreach (var (function, op) in new[]
        {
            ("add", "Add"), ("subtract", "Sub"), ("multiply", "Mul"), ("maximum", "Max"), ("minimum", "Min"), ("pow", "Pow"),
        })
        {
            all[$"math.{function}"] = all[$"__operators__.{function}"] = ArithmeticOperations.Binary(op, "x", "y");
        }

        all["__operators__.sub"] = all["math.subtract"];
        all["__operators__.mul"] = all["math.multiply"];
        all["math.truediv"] = all["math.divide"] = all["__operators__.truediv"] = (g, call) => call.Pair(g, "x", "y") is var (a, b) ? g.Over(g.Float(a), g.Float(b)) : null!;
        all["math.floormod"] = (g, call) => call.Pair(g, "x", "y") is var (a, b) ? ArithmeticOperations.Modulo(g, a, b) : null!;
        foreach (var (function, op) in new[] { ("equal", "Equal"), ("greater", "Greater"), ("greater_equal", "GreaterOrEqual"), ("less", "Less"), ("less_equal", "LessOrEqual") })
        {
            all[$"math.{function}"] = ArithmeticOperations.Compare(op, "x", "y");
        }

        all["math.not_equal"] = (g, call) => g.Not((Value)all["math.equal"](g, call));
        foreach (var (function, className) in new[]
        {
            ("abs", "Absolute"), ("negative", "Negative"), ("sign", "Sign"), ("square", "Square"), ("sqrt", "Sqrt"), ("rsqrt", "Rsqrt"), ("exp", "Exp"), ("log", "Log"), ("log1p", "Log1p"), ("expm1", "Expm1"),
            ("sin", "Sin"), ("cos", "Cos"), ("floor", "Floor"), ("ceil", "Ceil"), ("round", "Round"), ("erf", "Erf"), ("reciprocal", "Reciprocal"), ("sigmoid", "Sigmoid"), ("tanh", "Tanh"), ("softplus", "Softplus"),
            ("reduce_sum", "Sum"), ("reduce_mean", "Mean"), ("reduce_max", "Max"), ("reduce_min", "Min"), ("reduce_prod", "Prod"), ("reduce_variance", "Var"), ("reduce_std", "Std"), ("reduce_any", "Any"),
            ("reduce_all", "All"), ("reduce_logsumexp", "Logsumexp"), ("argmax", "Argmax"), ("argmin", "Argmin"), ("logical_not", "LogicalNot"),
        })
        {
            all[$"math.{function}"] = OperationCatalog.Find(className)!;
        }

        foreach (var name in new[] { "sigmoid", "tanh", "softplus" })
        {
            all[$"nn.{name}"] = all[$"math.{name}"];
        }

        foreach (var name in new[] { "elu", "selu", "silu", "softsign", "swish" })
        {
            all[$"nn.{name}"] = (g, call) => ActivationFunctions.Find(name, false)!(g, call.Value(g, 0, "features"));
        }

        return all;
    }

    private static Value Gather(Lowering g, OperationCall call)
    {
        var x = call.Value(g, 0, "params");
        return call.Integer("batch_dims", 0) == 0
            ? g.Gather(x, g.Cast(call.Value(g, 1, "indices"), OnnxElementType.Int64), call.Integer("axis", 0))
            : throw KerasErrors.Unsupported(call.Name, "gathers with batch dimensions");
    }

    private static Value MatMul(Lowering g, OperationCall call)
    {
        var (a, b) = call.Pair(g, "a", "b");
        return g.MatMul(call.Flag("transpose_a") ? Turned(g, a) : a, call.Flag("transpose_b") ? Turned(g, b) : b);
    }

    private static Value Turned(Lowering g, Value x) => g.Transpose(x, [.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2]);
}
