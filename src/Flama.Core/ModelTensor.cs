using System.Runtime.InteropServices;

namespace Flama;

/// <summary>An n-dimensional array of one element type, row-major.</summary>
/// <remarks>Buffers come from a pool: whoever made the tensor disposes it, once. Any number of threads may read it.</remarks>
public sealed class ModelTensor : ModelArray
{
    private readonly long[] shape;
    private byte[]? bytes;
    private string?[]? texts;

    private ModelTensor(ElementType type, long[] shape, int count, byte[]? bytes, string?[]? texts)
    {
        Type = type;
        this.shape = shape;
        Count = count;
        this.bytes = bytes;
        this.texts = texts;
    }

    /// <inheritdoc/>
    public override ElementType Type { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<long> Shape => shape;

    /// <summary>The number of elements: the product of <see cref="Shape"/>.</summary>
    public int Count { get; }

    /// <summary>The elements as bytes in this machine's order.</summary>
    /// <exception cref="InvalidOperationException">Elements are text.</exception>
    /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
    public ReadOnlySpan<byte> Bytes => WritableBytes;

    /// <summary>The elements of a tensor of text.</summary>
    /// <exception cref="InvalidOperationException">Elements are not text.</exception>
    /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
    public ReadOnlySpan<string?> Texts => WritableTexts;

    /// <summary>The array that holds the elements, from its beginning; it may be longer.</summary>
    internal byte[] Buffer
    {
        get
        {
            ThrowIfDisposed();
            return bytes ?? throw NotOf("numbers");
        }
    }

    internal Span<byte> WritableBytes
    {
        get
        {
            ThrowIfDisposed();
            return bytes is null ? throw NotOf("numbers") : bytes.AsSpan(0, Count * ElementTypes.SizeOf(Type));
        }
    }

    internal Span<string?> WritableTexts
    {
        get
        {
            ThrowIfDisposed();
            return texts is null ? throw NotOf("text") : texts.AsSpan(0, Count);
        }
    }

    /// <summary>Makes a tensor whose elements are zero, false or null.</summary>
    /// <param name="type">The element type; not <see cref="ElementType.Mixed"/>.</param>
    /// <param name="shape">The length of each dimension; none for a single value.</param>
    /// <exception cref="OverflowException">The elements do not fit in one buffer.</exception>
    public static ModelTensor Rent(ElementType type, params ReadOnlySpan<long> shape)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)type, (int)ElementType.Mixed, nameof(type));
        var count = CountOf(shape);
        if (type == ElementType.String)
        {
            return new(type, shape.ToArray(), count, null, new string?[count]);
        }

        var length = checked(count * ElementTypes.SizeOf(type));
        var rented = BufferPool<byte>.Rent(length);
        rented.AsSpan(0, length).Clear();
        return new(type, shape.ToArray(), count, rented, null);
    }

    /// <summary>Makes a tensor that holds a copy of elements.</summary>
    /// <typeparam name="T">The .NET type of the elements: double, float, Half, the integers, bool.</typeparam>
    /// <param name="elements">The elements, row-major.</param>
    /// <param name="shape">The length of each dimension, whose product is the number of elements; none for a vector of all of them.</param>
    /// <exception cref="ArgumentException">The shape does not fit the elements, or there is no element type for <typeparamref name="T"/>.</exception>
    public static ModelTensor Of<T>(ReadOnlySpan<T> elements, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var type = ElementTypes.Of(typeof(T)) ?? throw new ArgumentException($"There is no element type for {typeof(T).Name}.", nameof(elements));
        var made = Rent(type, Fit(elements.Length, shape));
        MemoryMarshal.AsBytes(elements).CopyTo(made.WritableBytes);
        return made;
    }

    /// <summary>Makes a tensor of text.</summary>
    /// <param name="elements">The elements, row-major.</param>
    /// <param name="shape">The length of each dimension, whose product is the number of elements; none for a vector of all of them.</param>
    /// <exception cref="ArgumentException">The shape does not fit the elements.</exception>
    public static ModelTensor OfTexts(ReadOnlySpan<string?> elements, params ReadOnlySpan<long> shape)
    {
        var made = Rent(ElementType.String, Fit(elements.Length, shape));
        elements.CopyTo(made.WritableTexts);
        return made;
    }

    /// <summary>Makes a tensor without dimensions.</summary>
    /// <typeparam name="T">The .NET type of the element: double, float, Half, the integers, bool.</typeparam>
    /// <param name="element">Its only element.</param>
    /// <exception cref="ArgumentException">There is no element type for <typeparamref name="T"/>.</exception>
    public static ModelTensor Single<T>(T element)
        where T : unmanaged => Of<T>([element]).Reshape([]);

    /// <summary>Makes a tensor of text without dimensions.</summary>
    /// <param name="element">Its only element.</param>
    public static ModelTensor SingleText(string? element) => OfTexts([element]).Reshape([]);

    /// <summary>The elements.</summary>
    /// <typeparam name="T">The .NET type of <see cref="ModelArray.Type"/>; ushort for bfloat16.</typeparam>
    /// <exception cref="InvalidOperationException">Elements are of another type.</exception>
    /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
    public ReadOnlySpan<T> Elements<T>()
        where T : unmanaged => WritableElements<T>();

    internal Span<T> WritableElements<T>()
        where T : unmanaged
    {
        var fits = ElementTypes.Of(typeof(T)) == Type || (Type == ElementType.BFloat16 && typeof(T) == typeof(ushort));
        return fits ? MemoryMarshal.Cast<byte, T>(WritableBytes) : throw NotOf(typeof(T).Name);
    }

    /// <summary>The length of one dimension.</summary>
    internal long LengthOf(int dimension) => shape[dimension];

    /// <summary>Copies <see cref="Shape"/>.</summary>
    internal void CopyShapeTo(Span<long> target) => shape.CopyTo(target);

    /// <summary>The same elements under another shape; this tensor must not be used afterwards.</summary>
    internal ModelTensor Reshape(long[] newShape) => new(Type, newShape, Count, bytes, texts);

    /// <summary>Takes a buffer that was rented from the pool, with the elements in it.</summary>
    internal static ModelTensor Adopt(ElementType type, long[] shape, byte[] rented) => new(type, shape, CountOf(shape), rented, null);

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (bytes is not null)
        {
            BufferPool<byte>.Return(bytes);
        }

        bytes = null;
        texts = null;
    }

    private static int CountOf(ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
            count = checked(count * length);
        }

        return checked((int)count);
    }

    private static ReadOnlySpan<long> Fit(int elements, ReadOnlySpan<long> shape)
    {
        if (shape.IsEmpty)
        {
            return new long[] { elements };
        }

        return CountOf(shape) == elements
            ? shape
            : throw new ArgumentException($"{elements} elements do not fill the shape [{string.Join(", ", shape.ToArray())}].", nameof(shape));
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(bytes is null && texts is null, this);

    private InvalidOperationException NotOf(string asked) =>
        new($"The elements are {ElementTypes.NameOf(Type)} and cannot be read as {asked}.");
}
