namespace Flama.Onnx.Graphs;

/// <summary>What the elements of a tensor of a graph are, with the numbers that ONNX gives them.</summary>
public enum OnnxElementType
{
    /// <summary>Not told.</summary>
    Undefined = 0,

    /// <summary>IEEE 754 binary32.</summary>
    Float32 = 1,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8 = 2,

    /// <summary>Signed, 8 bits.</summary>
    Int8 = 3,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16 = 4,

    /// <summary>Signed, 16 bits.</summary>
    Int16 = 5,

    /// <summary>Signed, 32 bits.</summary>
    Int32 = 6,

    /// <summary>Signed, 64 bits.</summary>
    Int64 = 7,

    /// <summary>Text.</summary>
    String = 8,

    /// <summary>True or false, one byte each.</summary>
    Boolean = 9,

    /// <summary>IEEE 754 binary16.</summary>
    Float16 = 10,

    /// <summary>IEEE 754 binary64.</summary>
    Float64 = 11,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32 = 12,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64 = 13,

    /// <summary>Two binary32.</summary>
    Complex64 = 14,

    /// <summary>Two binary64.</summary>
    Complex128 = 15,

    /// <summary>The upper half of a binary32.</summary>
    BFloat16 = 16,

    /// <summary>Eight bits, four of them exponent, without infinities.</summary>
    Float8E4M3FN = 17,

    /// <summary>As <see cref="Float8E4M3FN"/>, without a negative zero.</summary>
    Float8E4M3FNUZ = 18,

    /// <summary>Eight bits, five of them exponent.</summary>
    Float8E5M2 = 19,

    /// <summary>As <see cref="Float8E5M2"/>, without infinities and a negative zero.</summary>
    Float8E5M2FNUZ = 20,

    /// <summary>Unsigned, 4 bits, two a byte.</summary>
    UInt4 = 21,

    /// <summary>Signed, 4 bits, two a byte.</summary>
    Int4 = 22,

    /// <summary>Four bits, two of them exponent, two a byte.</summary>
    Float4E2M1 = 23,

    /// <summary>Eight bits of exponent: a power of two.</summary>
    Float8E8M0 = 24,

    /// <summary>Unsigned, 2 bits, four a byte.</summary>
    UInt2 = 25,

    /// <summary>Signed, 2 bits, four a byte.</summary>
    Int2 = 26,
}
