using Flama.Onnx.Graphs;

namespace Flama.Torch.Archives;

/// <summary>Facts about types of elements.</summary>
internal static class TorchTypes
{
    /// <summary>Bytes per element.</summary>
    public static int SizeOf(TorchType type) => type switch
    {
        TorchType.UInt8 or TorchType.Int8 or TorchType.Bool or TorchType.QInt8 or TorchType.QUInt8 => 1,
        TorchType.Int16 or TorchType.Half or TorchType.BFloat16 => 2,
        TorchType.Int32 or TorchType.Float or TorchType.QInt32 => 4,
        TorchType.Complex128 => 16,
        _ => 8,
    };

    public static bool IsFloating(TorchType type) => type is TorchType.Half or TorchType.Float or TorchType.Double or TorchType.BFloat16;

    public static bool IsInteger(TorchType type) => type is TorchType.UInt8 or TorchType.Int8 or TorchType.Int16 or TorchType.Int32 or TorchType.Int64;

    public static bool IsComplex(TorchType type) => type is TorchType.Complex64 or TorchType.Complex128;

    /// <summary>What the graph computes with: half precision is computed in float32, as torch's own kernels do inside, and rounded where it leaves.</summary>
    public static OnnxElementType Computed(TorchType type) => type switch
    {
        TorchType.UInt8 => OnnxElementType.UInt8,
        TorchType.Int8 => OnnxElementType.Int8,
        TorchType.Int16 => OnnxElementType.Int16,
        TorchType.Int32 => OnnxElementType.Int32,
        TorchType.Int64 => OnnxElementType.Int64,
        TorchType.Double => OnnxElementType.Float64,
        TorchType.Bool => OnnxElementType.Boolean,
        _ => OnnxElementType.Float32,
    };

    /// <summary>What callers give and get.</summary>
    public static OnnxElementType Outside(TorchType type) => type switch
    {
        TorchType.Half => OnnxElementType.Float16,
        TorchType.BFloat16 => OnnxElementType.BFloat16,
        _ => Computed(type),
    };

    /// <summary>The type of a tensor of a call; null for text and others that torch lacks.</summary>
    public static TorchType? Of(ElementType type) => type switch
    {
        ElementType.Float64 => TorchType.Double,
        ElementType.Float32 => TorchType.Float,
        ElementType.Float16 => TorchType.Half,
        ElementType.BFloat16 => TorchType.BFloat16,
        ElementType.Int8 => TorchType.Int8,
        ElementType.Int16 => TorchType.Int16,
        ElementType.Int32 => TorchType.Int32,
        ElementType.Int64 => TorchType.Int64,
        ElementType.UInt8 => TorchType.UInt8,
        ElementType.Boolean => TorchType.Bool,
        _ => null,
    };

    public static ElementType ToElementType(TorchType type) => OnnxElementTypes.ToElementType(Outside(type))!.Value;

    /// <summary>The type that a storage class of torch names.</summary>
    public static TorchType? OfStorage(string name) => name switch
    {
        "FloatStorage" => TorchType.Float,
        "DoubleStorage" => TorchType.Double,
        "HalfStorage" => TorchType.Half,
        "BFloat16Storage" => TorchType.BFloat16,
        "LongStorage" => TorchType.Int64,
        "IntStorage" => TorchType.Int32,
        "ShortStorage" => TorchType.Int16,
        "CharStorage" => TorchType.Int8,
        "ByteStorage" => TorchType.UInt8,
        "BoolStorage" => TorchType.Bool,
        "ComplexFloatStorage" => TorchType.Complex64,
        "ComplexDoubleStorage" => TorchType.Complex128,
        "QInt8Storage" => TorchType.QInt8,
        "QUInt8Storage" => TorchType.QUInt8,
        "QInt32Storage" => TorchType.QInt32,
        _ => null,
    };

    /// <summary>The type that a number of an exported program names.</summary>
    public static TorchType? OfExport(long number) => number switch
    {
        1 => TorchType.UInt8,
        2 => TorchType.Int8,
        3 => TorchType.Int16,
        4 => TorchType.Int32,
        5 => TorchType.Int64,
        6 => TorchType.Half,
        7 => TorchType.Float,
        8 => TorchType.Double,
        10 => TorchType.Complex64,
        11 => TorchType.Complex128,
        12 => TorchType.Bool,
        13 => TorchType.BFloat16,
        _ => null,
    };
}
