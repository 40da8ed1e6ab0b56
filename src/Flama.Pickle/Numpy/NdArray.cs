namespace Flama.Pickle.Numpy;

/// <summary>A numpy array as the file holds it: type, shape, memory order, bytes or objects. Immutable once read.</summary>
/// <remarks>
/// The conversions give new arrays in C (row-major) order, whatever the order in memory. They throw <see cref="PickleException"/>
/// (<see cref="PickleErrorCode.Corrupt"/>) when the elements are of another kind or do not fit.
/// </remarks>
public sealed partial class NdArray
{
    /// <summary>Makes an array of anything but objects.</summary>
    /// <param name="type">The elements' type.</param>
    /// <param name="shape">The lengths, empty for a scalar array; their product times the item size is the length of the data.</param>
    /// <param name="data">The elements' bytes.</param>
    /// <param name="isFortran">Whether the bytes are column-major.</param>
    /// <exception cref="PickleException">The data have another length than type and shape say, or the shape is out of range.</exception>
    public NdArray(DType type, int[] shape, ReadOnlyMemory<byte> data, bool isFortran = false)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(shape);
        Length = Product(shape);
        var needed = (long)Length * type.ItemSize;
        if (needed != data.Length)
        {
            throw new PickleException(
                PickleErrorCode.Corrupt,
                $"An array of shape {Describe(shape)} and type {type.Code} needs {needed} bytes and has {data.Length}.");
        }

        Type = type;
        Shape = shape;
        Data = data;
        IsFortran = isFortran;
        type.IsUsed = true;
    }

    /// <summary>Makes an array of objects, in C order.</summary>
    /// <param name="shape">The lengths.</param>
    /// <param name="items">The objects.</param>
    /// <exception cref="PickleException">There are more or fewer objects than the shape says, or the shape is out of range.</exception>
    public NdArray(int[] shape, object?[] items)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(items);
        Length = Product(shape);
        if (Length != items.Length)
        {
            throw new PickleException(
                PickleErrorCode.Corrupt, $"An object array of shape {Describe(shape)} needs {Length} objects and has {items.Length}.");
        }

        Type = DType.Object;
        Shape = shape;
        Items = items;
    }

    private NdArray()
    {
        Type = DType.Float64;
        Shape = [0];
        IsPending = true;
    }

    /// <summary>The elements' type.</summary>
    public DType Type { get; private set; }

    /// <summary>The lengths; empty for a scalar array.</summary>
    public IReadOnlyList<int> Shape { get; private set; }

    /// <summary>The number of elements.</summary>
    public int Length { get; private set; }

    /// <summary>Whether <see cref="Data"/> is column-major.</summary>
    public bool IsFortran { get; private set; }

    /// <summary>The elements' bytes; empty for objects. Often a part of the file's memory.</summary>
    public ReadOnlyMemory<byte> Data { get; private set; }

    /// <summary>The objects; empty for other types.</summary>
    public IReadOnlyList<object?> Items { get; private set; } = [];

    /// <summary>Whether the elements are booleans, integers or floats of at most 8 bytes.</summary>
    public bool IsNumeric => Type.Kind is DTypeKind.Boolean or DTypeKind.Integer or DTypeKind.Unsigned or DTypeKind.Float;

    /// <summary>Whether BUILD has still to say what is in the array.</summary>
    internal bool IsPending { get; private set; }

    /// <summary>How many containers nest in this one, itself included; 0 without objects.</summary>
    internal int Depth { get; set; }

    /// <summary>Whether another container holds this one already.</summary>
    internal bool IsPlaced { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"array of {Type.Code} {Describe(Shape)}";

    /// <summary>An array whose contents BUILD will set.</summary>
    internal static NdArray Pending() => new();

    /// <summary>Takes over what BUILD says; the object stays the same because the memo may hold it already.</summary>
    internal void Complete(NdArray contents)
    {
        Type = contents.Type;
        Shape = contents.Shape;
        Length = contents.Length;
        IsFortran = contents.IsFortran;
        Data = contents.Data;
        Items = contents.Items;
        Depth = contents.Depth;
        IsPending = false;
    }

    private static int Product(int[] shape)
    {
        var length = 1L;
        var isEmpty = false;
        foreach (var dimension in shape)
        {
            if (dimension < 0)
            {
                throw new PickleException(
                    PickleErrorCode.Corrupt, $"An array has the negative length {dimension} in shape {Describe(shape)}.");
            }

            isEmpty |= dimension == 0;
            length = Math.Min(length * Math.Max(dimension, 1), int.MaxValue + 1L);
        }

        if (!isEmpty && length > int.MaxValue)
        {
            throw new PickleException(
                PickleErrorCode.Corrupt, $"An array of shape {Describe(shape)} has more elements than the file can hold.");
        }

        return isEmpty ? 0 : (int)length;
    }

    private static string Describe(IReadOnlyList<int> shape)
    {
        var shown = string.Join(", ", shape.Take(8));
        return shape.Count switch
        {
            1 => $"({shown},)",
            > 8 => $"({shown}, …)",
            _ => $"({shown})",
        };
    }
}
