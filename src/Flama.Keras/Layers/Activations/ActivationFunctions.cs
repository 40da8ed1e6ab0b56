using System.Collections.Frozen;
using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers.Activations;

/// <summary>Keras's activation functions by name.</summary>
internal static class ActivationFunctions
{
    private static readonly FrozenDictionary<string, Func<Lowering, Value, Value>> Known = new Dictionary<string, Func<Lowering, Value, Value>>(StringComparer.Ordinal)
    {
        ["linear"] = (_, x) => x,
        ["relu"] = (g, x) => g.Unary("Relu", x),
        ["relu6"] = (g, x) => g.Clip(x, 0, 6),
        ["leaky_relu"] = (g, x) => g.Unary("LeakyRelu", x, OnnxAttribute.Of("alpha", 0.2f)),
        ["sigmoid"] = (g, x) => g.Unary("Sigmoid", x),
        ["tanh"] = (g, x) => g.Unary("Tanh", x),
        ["softmax"] = (g, x) => g.Softmax(x, -1),
        ["log_softmax"] = (g, x) => g.Unary("LogSoftmax", x, OnnxAttribute.Of("axis", x.Rank - 1L)),
        ["softplus"] = (g, x) => g.Unary("Softplus", x),
        ["softsign"] = (g, x) => g.Unary("Softsign", x),
        ["elu"] = (g, x) => g.Unary("Elu", x),
        ["selu"] = (g, x) => g.Unary("Selu", x, OnnxAttribute.Of("alpha", 1.67326324f), OnnxAttribute.Of("gamma", 1.05070098f)),
        ["celu"] = (g, x) => g.Unary("Celu", x),
        ["exponential"] = (g, x) => g.Unary("Exp", x),
        ["gelu"] = (g, x) => Gelu(g, x, isApproximate: false),
        ["swish"] = Silu,
        ["silu"] = Silu,
        ["mish"] = (g, x) => g.Times(x, g.Unary("Tanh", g.Unary("Softplus", x))),
        ["hard_sigmoid"] = (g, x) => g.Clip(g.Plus(g.Times(x, 1 / 6.0), 0.5), 0, 1),
        ["hard_silu"] = HardSilu,
        ["hard_swish"] = HardSilu,
        ["hard_tanh"] = (g, x) => g.Clip(x, -1, 1),
        ["hard_shrink"] = (g, x) => g.Where(g.Compare("Greater", g.Unary("Abs", x), 0.5), x, g.Scalar(0, x.Type)),
        ["soft_shrink"] = (g, x) => g.Times(g.Unary("Sign", x), g.Clip(g.Plus(g.Unary("Abs", x), -0.5), 0, null)),
        ["tanh_shrink"] = (g, x) => g.Minus(x, g.Unary("Tanh", x)),
        ["log_sigmoid"] = (g, x) => g.Neg(g.Unary("Softplus", g.Neg(x))),
        ["squareplus"] = (g, x) => g.Times(g.Plus(x, g.Unary("Sqrt", g.Plus(g.Times(x, x), 4))), 0.5),
        ["sparse_sigmoid"] = (g, x) => g.Clip(g.Times(g.Plus(x, 1), 0.5), 0, 1),
        ["sparse_plus"] = SparsePlus,
        ["sparsemax"] = Sparsemax,
        ["glu"] = Glu,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names, in order.</summary>
    public static IEnumerable<string> Names => Known.Keys.Order(StringComparer.Ordinal);

    /// <summary>Finds a function; null for one that is not known.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isThird">Whether it is that of Keras 3, whose hard sigmoid is another one.</param>
    public static Func<Lowering, Value, Value>? Find(string name, bool isThird) =>
        name == "hard_sigmoid" && !isThird ? (g, x) => g.Clip(g.Plus(g.Times(x, 0.2), 0.5), 0, 1)
        : Known.GetValueOrDefault(name);

    /// <summary>x · Φ(x), exactly or by tanh.</summary>
    public static Value Gelu(Lowering g, Value x, bool isApproximate)
    {
        var inner = isApproximate
            ? g.Unary("Tanh", g.Times(g.Plus(x, g.Times(g.Times(g.Times(x, x), x), 0.044715)), Math.Sqrt(2 / Math.PI)))
            : g.Unary("Erf", g.Times(x, Math.Sqrt(0.5)));
        return g.Times(g.Times(x, 0.5), g.Plus(inner, 1));
    }

    private static Value Silu(Lowering g, Value x) => g.Times(x, g.Unary("Sigmoid", x));

    private static Value HardSilu(Lowering g, Value x) => g.Times(x, g.Clip(g.Plus(g.Times(x, 1 / 6.0), 0.5), 0, 1));

    private static Value SparsePlus(Lowering g, Value x)
    {
        var square = g.Times(g.Plus(x, 1), g.Plus(x, 1));
        return g.Where(g.Compare("LessOrEqual", x, -1), g.Scalar(0, x.Type), g.Where(g.Compare("Less", x, 1), g.Times(square, 0.25), x));
    }

    private static Value Glu(Lowering g, Value x) =>
        x.Last > 0 && x.Last % 2 == 0 ? g.Times(g.Slice(x, -1, 0, x.Last / 2), g.Unary("Sigmoid", g.Slice(x, -1, x.Last / 2, null))) : throw KerasErrors.Invalid("glu needs an even number of features");

    // The nearest point of the simplex: sorted, those above the threshold.
    private static Value Sparsemax(Lowering g, Value x)
    {
        var n = x.Last > 0 ? x.Last : throw KerasErrors.Invalid("sparsemax needs a fixed number of features");
        var sorted = g.AddAll("TopK", [x, g.Longs(n)], [(x.Type, x.Shape), (OnnxElementType.Int64, x.Shape)], OnnxAttribute.Of("axis", -1L))[0];
        var sums = g.Add("CumSum", x.Type, x.Shape, [sorted, g.Scalar(x.Rank - 1, OnnxElementType.Int64)]);
        var counts = g.Constant<float>([.. Enumerable.Range(1, (int)n).Select(i => (float)i)], n);
        var isIn = g.Compare("Greater", g.Plus(g.Times(sorted, g.Cast(counts, x.Type)), 1), sums);
        var count = g.Sum(g.Cast(isIn, x.Type), true, -1);
        // Keras adds the running sums themselves, which differs from the definition; its answers count.
        var sum = g.Sum(g.Where(isIn, sums, g.Scalar(0, x.Type)), true, -1);
        return g.Clip(g.Minus(x, g.Over(g.Plus(sum, -1), count)), 0, null);
    }
}
