using Flama.Pickle.Numpy;

namespace Flama.Pickle.Joblib;

/// <summary>What joblib writes in place of an array: its type and shape. The bytes follow in the stream.</summary>
internal sealed record JoblibArray
{
    /// <summary>How many pickles may nest in one another; joblib itself writes object arrays one level deep.</summary>
    public const int MaxNesting = 8;

    /// <summary>The elements' type.</summary>
    public required DType Type { get; init; }

    /// <summary>The lengths.</summary>
    public required int[] Shape { get; init; }

    /// <summary>Whether the bytes are column-major.</summary>
    public required bool IsFortran { get; init; }

    /// <summary>Whether a count and as many bytes of padding stand before the data (joblib 1.1 and later).</summary>
    public required bool HasPadding { get; init; }

    /// <summary>The number of elements; counting stops at 2³², more than an array may have.</summary>
    public long Length => ArrayReader.CountElements(Shape);

    /// <summary>The number of data bytes.</summary>
    public long ByteCount => Length * Type.ItemSize;

    /// <summary>Reads the description that BUILD sets.</summary>
    public static JoblibArray Read(PickleDict? state)
    {
        if (state is null)
        {
            throw Wrong("its state is not a dict");
        }

        if (!state.TryGetValue("subclass", out var subclass) || subclass is not PickleSymbol { Rule: { } rule } symbol)
        {
            throw Wrong("it has no array class");
        }

        if (!rule.IsArrayClass)
        {
            throw new PickleException(
                PickleErrorCode.DisallowedCall,
                $"A joblib array is to become {ValueDescription.Of(symbol.Global)}, which is not an array class of numpy.",
                global: symbol.Global);
        }

        if (!state.TryGetValue("dtype", out var type) || type is not DType dtype)
        {
            throw Wrong("it has no dtype");
        }

        state.TryGetValue("shape", out var shape);
        state.TryGetValue("order", out var order);
        dtype.IsUsed = true;
        return new JoblibArray
        {
            Type = dtype,
            Shape = ArrayReader.ReadShape(shape),
            IsFortran = order is "F",
            HasPadding = state.TryGetValue("numpy_array_alignment_bytes", out var alignment) && alignment is not null,
        };
    }

    private static PickleException Wrong(string why) =>
        new(PickleErrorCode.Corrupt, $"A joblib array cannot be read: {why}.");
}
