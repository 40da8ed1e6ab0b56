namespace Flama;

/// <summary>Facts about element types.</summary>
public static class ElementTypes
{
    /// <summary>Bytes per element; 0 for text and mixed elements, which have no fixed size.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 2,
        ElementType.Int8 or ElementType.UInt8 or ElementType.Boolean => 1,
        _ => 0,
    };

    /// <summary>Whether elements are floating-point numbers.</summary>
    public static bool IsFloat(ElementType type) =>
        type is ElementType.Float64 or ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16;

    /// <summary>Whether elements are whole numbers.</summary>
    public static bool IsInteger(ElementType type) => type is >= ElementType.Int8 and <= ElementType.UInt64;

    /// <summary>The name that the field uses: <c>float32</c>, <c>int64</c>, <c>bool</c>, <c>string</c>, <c>object</c> for mixed elements.</summary>
    public static string NameOf(ElementType type) => type switch
    {
        ElementType.Float64 => "float64",
        ElementType.Float32 => "float32",
        ElementType.Float16 => "float16",
        ElementType.BFloat16 => "bfloat16",
        ElementType.Int8 => "int8",
        ElementType.Int16 => "int16",
        ElementType.Int32 => "int32",
        ElementType.Int64 => "int64",
        ElementType.UInt8 => "uint8",
        ElementType.UInt16 => "uint16",
        ElementType.UInt32 => "uint32",
        ElementType.UInt64 => "uint64",
        ElementType.Boolean => "bool",
        ElementType.String => "string",
        _ => "object",
    };

    /// <summary>Finds a type of numbers or booleans by the name that the field uses, <c>int64</c>; null when there is none.</summary>
    public static ElementType? Find(ReadOnlySpan<char> name)
    {
        for (var type = ElementType.Float64; type <= ElementType.Boolean; type++)
        {
            if (name.SequenceEqual(NameOf(type)))
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>The element type of a .NET type; null when there is none.</summary>
    internal static ElementType? Of(Type type) =>
        type == typeof(double) ? ElementType.Float64
        : type == typeof(float) ? ElementType.Float32
        : type == typeof(Half) ? ElementType.Float16
        : type == typeof(sbyte) ? ElementType.Int8
        : type == typeof(short) ? ElementType.Int16
        : type == typeof(int) ? ElementType.Int32
        : type == typeof(long) ? ElementType.Int64
        : type == typeof(byte) ? ElementType.UInt8
        : type == typeof(ushort) ? ElementType.UInt16
        : type == typeof(uint) ? ElementType.UInt32
        : type == typeof(ulong) ? ElementType.UInt64
        : type == typeof(bool) ? ElementType.Boolean
        : null;
}
