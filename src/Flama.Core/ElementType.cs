namespace Flama;

/// <summary>What the elements of an array are.</summary>
public enum ElementType
{
    /// <summary>IEEE 754 binary64.</summary>
    Float64,

    /// <summary>IEEE 754 binary32.</summary>
    Float32,

    /// <summary>IEEE 754 binary16.</summary>
    Float16,

    /// <summary>The upper half of a binary32.</summary>
    BFloat16,

    /// <summary>Signed, 8 bits.</summary>
    Int8,

    /// <summary>Signed, 16 bits.</summary>
    Int16,

    /// <summary>Signed, 32 bits.</summary>
    Int32,

    /// <summary>Signed, 64 bits.</summary>
    Int64,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64,

    /// <summary>True or false, one byte each.</summary>
    Boolean,

    /// <summary>Text.</summary>
    String,

    /// <summary>Text, numbers or booleans, element by element, as in a numpy array of objects. Only in answers of table methods.</summary>
    Mixed,
}
