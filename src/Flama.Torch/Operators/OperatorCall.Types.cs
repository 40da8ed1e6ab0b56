using Flama.Onnx.Graphs;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators;

/// <content>Types of elements: what torch promotes to, and what ONNX Runtime's kernels take.</content>
internal sealed partial class OperatorCall
{
    // Operators of float32 alone, as far as this engine writes them.
    private static readonly HashSet<string> SinglesOnly = new(StringComparer.Ordinal)
    {
        "Erf", "Softplus", "Elu", "Selu", "Celu", "LeakyRelu", "HardSigmoid", "HardSwish", "Mish", "Gelu", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh",
        "Atanh", "Conv", "ConvTranspose", "AveragePool", "Resize", "GridSample", "LSTM", "GRU", "RNN", "InstanceNormalization", "Det", "Softsign", "Cos", "Col2Im",
    };

    /// <summary>The type that torch computes a mix of tensors and numbers in.</summary>
    public static TorchType Promote(params IReadOnlyList<Tensor> tensors)
    {
        TorchType? dimensioned = null;
        TorchType? single = null;
        TorchType? number = null;
        foreach (var tensor in tensors)
        {
            ref var target = ref dimensioned;
            if (tensor.Rank == 0 && tensor.Value.IsNumber)
            {
                target = ref number;
            }
            else if (tensor.Rank == 0)
            {
                target = ref single;
            }

            target = target is { } before ? Promote(before, tensor.Type) : tensor.Type;
        }

        return Above(Above(dimensioned, single), number) ?? TorchType.Float;
    }

    public static TorchType Promote(TorchType a, TorchType b)
    {
        if (a == b)
        {
            return a;
        }

        if (CategoryOf(a) != CategoryOf(b))
        {
            return CategoryOf(a) > CategoryOf(b) ? a : b;
        }

        if (TorchTypes.IsFloating(a))
        {
            return a == TorchType.Double || b == TorchType.Double ? TorchType.Double : TorchType.Float;
        }

        return (a, b) is (TorchType.UInt8, TorchType.Int8) or (TorchType.Int8, TorchType.UInt8) ? TorchType.Int16 : TorchTypes.SizeOf(a) > TorchTypes.SizeOf(b) ? a : b;
    }

    /// <summary>The type that whole numbers become where torch divides or takes roots.</summary>
    public static TorchType Floating(TorchType type) => TorchTypes.IsFloating(type) || TorchTypes.IsComplex(type) ? type : TorchType.Float;

    /// <summary>What ONNX Runtime computes a type in.</summary>
    public static TorchType Working(TorchType type) => type is TorchType.UInt8 or TorchType.Int8 or TorchType.Int16 or TorchType.Bool ? TorchType.Int32 : type;

    /// <summary>The tensor in another type.</summary>
    public Tensor To(Tensor tensor, TorchType type)
    {
        if (tensor.Type == type)
        {
            return tensor;
        }

        if (TorchTypes.IsComplex(type) || TorchTypes.IsComplex(tensor.Type))
        {
            throw Refused("complex numbers");
        }

        if (tensor.Value.Scalar is { } scalar)
        {
            return graph.OfNumber(TorchTypes.IsFloating(type) ? SymMath.Apply("float", scalar) : type == TorchType.Bool ? SymMath.Apply("bool", scalar) : SymMath.Apply("int", scalar), type);
        }

        var name = Name(tensor);
        if (type is TorchType.Half or TorchType.BFloat16)
        {
            // Computed in float32, but rounded here.
            name = graph.Node("Cast", [name], OnnxAttribute.Of("to", (long)TorchTypes.Outside(type)));
            return graph.Of(graph.Node("Cast", [name], OnnxAttribute.Of("to", (long)OnnxElementType.Float32)), type, tensor.Shape);
        }

        // To 8 and 16 bits numbers wrap; from a fraction, by way of a wide integer.
        if (type is TorchType.UInt8 or TorchType.Int8 or TorchType.Int16 && TorchTypes.IsFloating(tensor.Type))
        {
            name = graph.Cast(name, tensor.Type, TorchType.Int64);
            return graph.Of(graph.Cast(name, TorchType.Int64, type), type, tensor.Shape);
        }

        return graph.Of(graph.Cast(name, tensor.Type, type), type, tensor.Shape);
    }

    /// <summary>The name of a tensor's value in another type.</summary>
    public string As(Tensor tensor, TorchType type) => tensor.Value.Scalar is { } scalar ? graph.Number(scalar, type) : graph.Cast(Name(tensor), tensor.Type, type);

    /// <summary>A tensor of a value that was computed in one type and is of another.</summary>
    public Tensor Made(string value, TorchType computed, TorchType type, object[] shape) => graph.Of(graph.Cast(value, computed, type), type, shape);

    /// <summary>A node of one tensor of floating numbers that keeps its shape.</summary>
    public Tensor Float(string operation, Tensor x, params IReadOnlyList<OnnxAttribute> attributes)
    {
        var type = Floating(x.Type);
        var computed = type == TorchType.Double && SinglesOnly.Contains(operation) ? TorchType.Float : type;
        return Made(graph.Node(operation, [As(x, computed)], attributes), computed, type, x.Shape);
    }

    /// <summary>The type that a node of floating numbers is computed in.</summary>
    public static TorchType FloatFor(string operation, TorchType type) => Floating(type) == TorchType.Double && SinglesOnly.Contains(operation) ? TorchType.Float : Floating(type);

    private static TorchType? Above(TorchType? first, TorchType? second) => first is not { } a ? second : second is not { } b || CategoryOf(b) <= CategoryOf(a) ? a : b;

    private static int CategoryOf(TorchType type) => TorchTypes.IsComplex(type) ? 3 : TorchTypes.IsFloating(type) ? 2 : type == TorchType.Bool ? 0 : 1;
}
