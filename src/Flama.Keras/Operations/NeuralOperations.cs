using Flama.Keras.Graphs;
using Flama.Keras.Layers.Activations;
using Flama.Keras.Layers.Images;
using Flama.Keras.Layers.Normalizations;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Operations;

/// <summary>Activations, encodings and pictures.</summary>
internal static class NeuralOperations
{
    public static IReadOnlyDictionary<string, OperationLowering> All { get; } = Make();

    private static Dictionary<string, OperationLowering> Make()
    {
        Dictionary<string, OperationLowering> all = new(StringComparer.Ordinal)
        {
            ["Gelu"] = (g, call) => ActivationFunctions.Gelu(g, call.Value(g, 0, "x"), call.Flag("approximate", true)),
            ["Softmax"] = (g, call) => g.Softmax(call.Value(g, 0, "x"), call.Integer("axis", -1, 1)),
            ["LogSoftmax"] = (g, call) => call.Value(g, 0, "x") is var x ? g.Unary("LogSoftmax", x, OnnxAttribute.Of("axis", (long)x.Axis(call.Integer("axis", -1, 1)))) : null!,
            ["LeakyRelu"] = (g, call) => g.Unary("LeakyRelu", call.Value(g, 0, "x"), OnnxAttribute.Of("alpha", (float)call.Double("negative_slope", 0.2, 1))),
            ["Elu"] = (g, call) => g.Unary("Elu", call.Value(g, 0, "x"), OnnxAttribute.Of("alpha", (float)call.Double("alpha", 1, 1))),
            ["Threshold"] = (g, call) => call.Value(g, 0, "x") is var x
                ? g.Where(g.Compare("Greater", x, call.Double("threshold", 0)), x, g.Scalar(call.Double("default_value", 0), x.Type)) : null!,
            ["OneHot"] = (g, call) => g.OneHot(call.Value(g, 0, "x"), call.Integer("num_classes", call.Integer("depth", 1, 1)), ElementNames.Find(call.Text("dtype")) ?? OnnxElementType.Float32, call.Integer("axis", -1)),
            ["Normalize"] = Normalize,
            ["Resize"] = (g, call) => Resize(g, call),
        };
        foreach (var (className, function) in new[]
        {
            ("Relu", "relu"), ("Relu6", "relu6"), ("Sigmoid", "sigmoid"), ("Tanh", "tanh"), ("Softplus", "softplus"), ("Softsign", "softsign"), ("Silu", "silu"), ("Selu", "selu"),
            ("HardSigmoid", "hard_sigmoid"), ("HardSilu", "hard_silu"), ("LogSigmoid", "log_sigmoid"), ("Celu", "celu"), ("HardTanh", "hard_tanh"), ("TanhShrink", "tanh_shrink"), ("Squareplus", "squareplus"),
            ("SparsePlus", "sparse_plus"), ("SparseSigmoid", "sparse_sigmoid"), ("Glu", "glu"),
        })
        {
            all[className] = (g, call) => ActivationFunctions.Find(function, call.IsThird)!(g, g.Float(call.Value(g, 0, "x")));
        }

        return all;
    }

    /// <summary>A picture of another size.</summary>
    public static Value Resize(Lowering g, OperationCall call)
    {
        var x = g.Float(call.Value(g, 0, "images"));
        var size = call.Integers("size", 1) is { Length: 2 } given ? given : throw call.Missing("size");
        var axis = x.Rank - (call.Text("data_format") == "channels_first" ? 2 : 3);
        var method = call.Text("interpolation") ?? call.Text("method") ?? "bilinear";
        if (axis < 0)
        {
            throw call.Missing("images");
        }

        if (call.Flag("antialias") || call.Flag("preserve_aspect_ratio"))
        {
            throw KerasErrors.Unsupported(call.Name, "resizes with antialias or preserve_aspect_ratio");
        }

        if (call.Flag("crop_to_aspect_ratio"))
        {
            x = Resizing.CutToAspect(g, call.Config, x, axis, size[0], size[1]);
        }
        else if (call.Flag("pad_to_aspect_ratio"))
        {
            x = Resizing.FillToAspect(g, call.Config, x, axis, size[0], size[1], call.Double("fill_value", 0));
        }

        return Interpolation.Resize(g, call.Config, Interpolation.Resize(g, call.Config, x, axis, size[0], method), axis + 1, size[1], method);
    }

    private static Value Normalize(Lowering g, OperationCall call)
    {
        var x = call.Value(g, 0, "x");
        var axes = call.Integers("axis") ?? [-1];
        return call.Double("order", 2) == 2
            ? UnitNormalization.Normalize(g, x, axes)
            : throw KerasErrors.Unsupported(call.Name, "normalises by another order than 2");
    }
}
