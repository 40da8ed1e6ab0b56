namespace Flama.Pickle.Numpy;

/// <summary>The type of an array's elements. Immutable.</summary>
/// <param name="Kind">What an element is.</param>
/// <param name="ItemSize">Bytes per element; 8 for objects.</param>
public sealed record DType(DTypeKind Kind, int ItemSize)
{
    /// <summary>float64, little-endian.</summary>
    public static DType Float64 { get; } = new(DTypeKind.Float, 8);

    /// <summary>int64, little-endian.</summary>
    public static DType Int64 { get; } = new(DTypeKind.Integer, 8);

    /// <summary>Python objects.</summary>
    public static DType Object { get; } = new(DTypeKind.Object, 8);

    /// <summary>Whether numbers are stored most significant byte first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>The fields of a record in order; empty for other kinds.</summary>
    public IReadOnlyList<DTypeField> Fields { get; init; } = [];

    /// <summary>numpy's short code, for messages: <c>f8</c>, <c>U10</c>.</summary>
    public string Code => Kind switch
    {
        DTypeKind.Boolean => "b1",
        DTypeKind.Integer => $"i{ItemSize}",
        DTypeKind.Unsigned => $"u{ItemSize}",
        DTypeKind.Float => $"f{ItemSize}",
        DTypeKind.Complex => $"c{ItemSize}",
        DTypeKind.Object => "O8",
        DTypeKind.Text => $"U{ItemSize / 4}",
        DTypeKind.Bytes => $"S{ItemSize}",
        DTypeKind.DateTime => "M8",
        DTypeKind.TimeDelta => "m8",
        _ => $"V{ItemSize}",
    };
}
