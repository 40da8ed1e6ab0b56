namespace Flama.Onnx.Graphs;

/// <summary>Facts about the element types of graphs.</summary>
public static class OnnxElementTypes
{
    /// <summary>Bits per element; 0 for text and for what is not known.</summary>
    public static int BitsOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Complex128 => 128,
        OnnxElementType.Float64 or OnnxElementType.Int64 or OnnxElementType.UInt64 or OnnxElementType.Complex64 => 64,
        OnnxElementType.Float32 or OnnxElementType.Int32 or OnnxElementType.UInt32 => 32,
        OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Int16 or OnnxElementType.UInt16 => 16,
        OnnxElementType.Int8 or OnnxElementType.UInt8 or OnnxElementType.Boolean => 8,
        OnnxElementType.Float8E4M3FN or OnnxElementType.Float8E4M3FNUZ or OnnxElementType.Float8E5M2 or OnnxElementType.Float8E5M2FNUZ or OnnxElementType.Float8E8M0 => 8,
        OnnxElementType.UInt4 or OnnxElementType.Int4 or OnnxElementType.Float4E2M1 => 4,
        OnnxElementType.UInt2 or OnnxElementType.Int2 => 2,
        _ => 0,
    };

    /// <summary>Whether the type is one of ONNX.</summary>
    public static bool IsKnown(OnnxElementType type) => type == OnnxElementType.String || BitsOf(type) > 0;

    /// <summary>The type as the methods of a model know it; null for complex numbers and those of less than 8 bits or of 8 with an exponent.</summary>
    public static ElementType? ToElementType(OnnxElementType type) => type switch
    {
        OnnxElementType.Float32 => ElementType.Float32,
        OnnxElementType.UInt8 => ElementType.UInt8,
        OnnxElementType.Int8 => ElementType.Int8,
        OnnxElementType.UInt16 => ElementType.UInt16,
        OnnxElementType.Int16 => ElementType.Int16,
        OnnxElementType.Int32 => ElementType.Int32,
        OnnxElementType.Int64 => ElementType.Int64,
        OnnxElementType.String => ElementType.String,
        OnnxElementType.Boolean => ElementType.Boolean,
        OnnxElementType.Float16 => ElementType.Float16,
        OnnxElementType.Float64 => ElementType.Float64,
        OnnxElementType.UInt32 => ElementType.UInt32,
        OnnxElementType.UInt64 => ElementType.UInt64,
        OnnxElementType.BFloat16 => ElementType.BFloat16,
        _ => null,
    };

    /// <summary>The type of a graph for one of a method.</summary>
    /// <param name="type">Not <see cref="ElementType.Mixed"/>.</param>
    public static OnnxElementType Of(ElementType type) => type switch
    {
        ElementType.Float64 => OnnxElementType.Float64,
        ElementType.Float32 => OnnxElementType.Float32,
        ElementType.Float16 => OnnxElementType.Float16,
        ElementType.BFloat16 => OnnxElementType.BFloat16,
        ElementType.Int8 => OnnxElementType.Int8,
        ElementType.Int16 => OnnxElementType.Int16,
        ElementType.Int32 => OnnxElementType.Int32,
        ElementType.Int64 => OnnxElementType.Int64,
        ElementType.UInt8 => OnnxElementType.UInt8,
        ElementType.UInt16 => OnnxElementType.UInt16,
        ElementType.UInt32 => OnnxElementType.UInt32,
        ElementType.UInt64 => OnnxElementType.UInt64,
        ElementType.Boolean => OnnxElementType.Boolean,
        ElementType.String => OnnxElementType.String,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such tensor in a graph."),
    };
}
