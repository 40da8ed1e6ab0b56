namespace Flama.Keras.Hdf5;

/// <summary>Reads the shape of an array.</summary>
internal static class HdfSpace
{
    private const int MaxRank = 32;

    // A chunk may have a checksum of four bytes behind it.
    private static readonly int MaxBytes = Array.MaxLength - sizeof(uint);

    /// <summary>Reads the message: the length of each dimension, none for a single value.</summary>
    public static long[] Read(HdfFile file, ReadOnlySpan<byte> body)
    {
        HdfCursor cursor = new(file, body);
        var version = cursor.Byte();
        var rank = cursor.Byte();
        cursor.Skip(1);
        if (version is not (1 or 2) || rank > MaxRank)
        {
            throw file.Corrupt($"an array of {rank} dimensions");
        }

        if (version == 2 && cursor.Byte() == 2)
        {
            return [0];
        }

        cursor.Skip(version == 1 ? 5 : 0);
        var shape = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            var length = cursor.Long();
            shape[i] = length <= int.MaxValue ? (long)length : throw file.Corrupt($"an array with a dimension of {length}");
        }

        return shape;
    }

    /// <summary>The number of bytes of an array.</summary>
    public static long BytesOf(HdfFile file, long[] shape, int size)
    {
        Int128 count = size;
        foreach (var length in shape)
        {
            count *= length;
            if (count > MaxBytes)
            {
                throw file.Corrupt($"an array of {string.Join(" × ", shape)} elements");
            }
        }

        return (long)count;
    }
}
