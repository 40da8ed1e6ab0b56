namespace Flama.Pickle.Numpy;

/// <summary>The type of an array's elements. Immutable once read.</summary>
/// <param name="Kind">What an element is.</param>
/// <param name="ItemSize">Bytes per element; 8 for objects.</param>
public sealed record DType(DTypeKind Kind, int ItemSize)
{
    private DTypeKind kind = Kind;
    private int itemSize = ItemSize;
    private bool isBigEndian;
    private IReadOnlyList<DTypeField> fields = [];

    /// <summary>float64, little-endian.</summary>
    public static DType Float64 { get; } = new(DTypeKind.Float, 8);

    /// <summary>int64, little-endian.</summary>
    public static DType Int64 { get; } = new(DTypeKind.Integer, 8);

    /// <summary>Python objects.</summary>
    public static DType Object { get; } = new(DTypeKind.Object, 8);

    /// <summary>What an element is.</summary>
    public DTypeKind Kind
    {
        get => kind;
        init => kind = value;
    }

    /// <summary>Bytes per element; 8 for objects.</summary>
    public int ItemSize
    {
        get => itemSize;
        init => itemSize = value;
    }

    /// <summary>Whether numbers are stored most significant byte first.</summary>
    public bool IsBigEndian
    {
        get => isBigEndian;
        init => isBigEndian = value;
    }

    /// <summary>The fields of a record in order; empty for other kinds.</summary>
    public IReadOnlyList<DTypeField> Fields
    {
        get => fields;
        init => fields = value;
    }

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

    /// <summary>Whether elements hold Python objects, so that arrays come as lists and not as bytes.</summary>
    internal bool HasObjects { get; private set; } = Kind == DTypeKind.Object;

    /// <summary>How many record types nest in this one, itself included; 0 for other kinds.</summary>
    internal int Nesting { get; private set; }

    /// <summary>Whether an array, a scalar or another type relies on this one, so that it may no longer change.</summary>
    internal bool IsUsed { get; set; }

    /// <summary>Whether kind, size, byte order and fields are the same.</summary>
    public bool Equals(DType? other) => other is not null && kind == other.kind && itemSize == other.itemSize
        && isBigEndian == other.isBigEndian && fields.SequenceEqual(other.fields);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(kind, itemSize, isBigEndian, fields.Count);

    /// <inheritdoc/>
    public override string ToString() => Code;

    /// <summary>Takes over what a pickle's BUILD says; the object stays the same because the memo may hold it already.</summary>
    internal void Complete(int size, bool bigEndian, IReadOnlyList<DTypeField> recordFields)
    {
        itemSize = size;
        isBigEndian = bigEndian;
        fields = recordFields;
        foreach (var field in recordFields)
        {
            HasObjects |= field.Type.HasObjects;
            Nesting = Math.Max(Nesting, field.Type.Nesting + 1);
        }
    }
}
