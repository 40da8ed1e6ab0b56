namespace Flama.Pickle.Numpy;

/// <summary>numpy's kinds of array elements.</summary>
public enum DTypeKind
{
    /// <summary>One byte, false or true (<c>b1</c>).</summary>
    Boolean,

    /// <summary>Signed integers of 1, 2, 4 or 8 bytes.</summary>
    Integer,

    /// <summary>Unsigned integers of 1, 2, 4 or 8 bytes.</summary>
    Unsigned,

    /// <summary>IEEE floats of 2, 4 or 8 bytes.</summary>
    Float,

    /// <summary>Pairs of floats of 4 or 8 bytes each.</summary>
    Complex,

    /// <summary>Python objects.</summary>
    Object,

    /// <summary>Fixed-width text, 4 bytes a code point, NUL-padded (<c>U</c>).</summary>
    Text,

    /// <summary>Fixed-width bytes, NUL-padded (<c>S</c>).</summary>
    Bytes,

    /// <summary>Records with named fields, or raw bytes (<c>V</c>).</summary>
    Record,

    /// <summary>Points in time, 8 bytes (<c>M8</c>).</summary>
    DateTime,

    /// <summary>Durations, 8 bytes (<c>m8</c>).</summary>
    TimeDelta,
}
