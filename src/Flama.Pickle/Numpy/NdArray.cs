namespace Flama.Pickle.Numpy;

/// <summary>A numpy array as the file holds it: type, shape, memory order, bytes or objects. Immutable once read.</summary>
/// <remarks>The conversions give new arrays in C (row-major) order, whatever the order in memory.</remarks>
public sealed partial class NdArray
{
    /// <summary>Makes an array of anything but objects.</summary>
    /// <param name="type">The elements' type.</param>
    /// <param name="shape">The lengths, empty for a scalar array; their product times the item size is the length of the data.</param>
    /// <param name="data">The elements' bytes.</param>
    /// <param name="isFortran">Whether the bytes are column-major.</param>
    public NdArray(DType type, int[] shape, ReadOnlyMemory<byte> data, bool isFortran = false)
    {
        Type = type;
        Shape = shape;
        Data = data;
        IsFortran = isFortran;
        Length = Product(shape);
    }

    /// <summary>Makes an array of objects, in C order.</summary>
    /// <param name="shape">The lengths.</param>
    /// <param name="items">The objects.</param>
    public NdArray(int[] shape, object?[] items)
    {
        Type = DType.Object;
        Shape = shape;
        Items = items;
        Length = Product(shape);
    }

    /// <summary>The elements' type.</summary>
    public DType Type { get; }

    /// <summary>The lengths; empty for a scalar array.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>Whether <see cref="Data"/> is column-major.</summary>
    public bool IsFortran { get; }

    /// <summary>The elements' bytes; empty for objects.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The objects; empty for other types.</summary>
    public IReadOnlyList<object?> Items { get; } = [];

    private static int Product(int[] shape)
    {
        var length = 1;
        foreach (var dimension in shape)
        {
            length = checked(length * dimension);
        }

        return length;
    }
}
