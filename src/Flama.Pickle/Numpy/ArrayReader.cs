using System.Text;
using Flama.Pickle.Machine;

namespace Flama.Pickle.Numpy;

/// <summary>Makes arrays of what numpy writes about them, checking every size against the data.</summary>
internal static class ArrayReader
{
    private const int MaxDimensions = 64;
    private const long ManyElements = 1L << 32;

    /// <summary>
    /// Reads the state that BUILD sets: <c>(version, shape, dtype, is_fortran, data)</c>, in old files without the version.
    /// </summary>
    public static NdArray FromState(object? state, PickleBudget budget, long offset)
    {
        if (state is not PickleTuple { Count: >= 4 } tuple)
        {
            throw Wrong($"its state is {ValueDescription.Of(state)}");
        }

        var first = tuple.Count == 4 ? 0 : 1;
        var type = tuple[first + 1] as DType ?? throw Wrong($"its type is {ValueDescription.Of(tuple[first + 1])}");
        var shape = ReadShape(tuple[first]);
        return tuple[first + 3] is List<object?> items
            ? FromObjects(type, shape, items, budget, offset)
            : FromBytes(type, shape, tuple[first + 3], IsTrue(tuple[first + 2]), budget, offset);
    }

    /// <summary>Makes an array of raw bytes, which are not copied.</summary>
    public static NdArray FromBytes(DType type, int[] shape, object? data, bool isFortran, PickleBudget budget, long offset)
    {
        if (type.HasObjects)
        {
            throw Wrong($"its type {type.Code} holds Python objects and its data are {ValueDescription.Of(data)}");
        }

        if (type.ItemSize == 0)
        {
            budget.AddBytes(8 * CountElements(shape), offset);
        }

        return new NdArray(type, shape, ReadBytes(data, budget, offset), isFortran);
    }

    /// <summary>Reads a tuple of lengths.</summary>
    public static int[] ReadShape(object? shape)
    {
        if (shape is not PickleTuple tuple)
        {
            throw Wrong($"its shape is {ValueDescription.Of(shape)}");
        }

        if (tuple.Count > MaxDimensions)
        {
            throw Wrong($"it has {tuple.Count} dimensions; numpy allows {MaxDimensions}");
        }

        var lengths = new int[tuple.Count];
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = tuple[i] is long length and >= 0 and <= int.MaxValue
                ? (int)length
                : throw Wrong($"one of its lengths is {(tuple[i] is long wrong ? wrong : ValueDescription.Of(tuple[i]))}");
        }

        return lengths;
    }

    /// <summary>The product of lengths, cut off at a number that no file can hold.</summary>
    public static long CountElements(ReadOnlySpan<int> shape)
    {
        var product = 1L;
        foreach (var length in shape)
        {
            if (length == 0)
            {
                return 0;
            }

            product = Math.Min(product * length, ManyElements);
        }

        return product;
    }

    /// <summary>The bytes of a value that stands for bytes: Python 3's bytes, or Python 2's str.</summary>
    public static ReadOnlyMemory<byte> ReadBytes(object? value, PickleBudget budget, long offset)
    {
        switch (value)
        {
            case ByteSlice slice:
                return slice.Memory;
            case byte[] bytes:
                return bytes;
            case string text:
                budget.AddBytes(text.Length, offset);
                return TryLatin1(text) ?? throw Wrong("its data are text with characters that are no bytes");
            default:
                throw Wrong($"its data are {ValueDescription.Of(value)}");
        }
    }

    /// <summary>One byte per character.</summary>
    /// <returns>Null when a character is above 255.</returns>
    public static byte[]? TryLatin1(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF'))
        {
            return null;
        }

        return Encoding.Latin1.GetBytes(text);
    }

    /// <summary>Whether a flag is set; old files write 0 and 1.</summary>
    public static bool IsTrue(object? flag) => flag switch
    {
        bool value => value,
        long value => value != 0,
        _ => throw Wrong($"a flag of it is {ValueDescription.Of(flag)}"),
    };

    private static NdArray FromObjects(DType type, int[] shape, List<object?> items, PickleBudget budget, long offset)
    {
        if (!type.HasObjects)
        {
            throw Wrong($"its type is {type.Code} and its data are a list");
        }

        budget.AddBytes(8L * items.Count, offset);
        return new NdArray(shape, [.. items]);
    }

    private static PickleException Wrong(string why) => new(PickleErrorCode.Corrupt, $"An array cannot be read: {why}.");
}
