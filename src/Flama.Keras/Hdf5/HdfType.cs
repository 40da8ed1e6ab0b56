namespace Flama.Keras.Hdf5;

/// <summary>What the elements of an array are.</summary>
/// <param name="Kind">Numbers, text, or references to text.</param>
/// <param name="Size">Bytes an element.</param>
/// <param name="IsSigned">Whether whole numbers have a sign.</param>
internal readonly record struct HdfType(HdfKind Kind, int Size, bool IsSigned = false)
{
    /// <summary>Reads the message.</summary>
    public static HdfType Read(HdfFile file, ReadOnlySpan<byte> body)
    {
        HdfCursor cursor = new(file, body);
        var kind = cursor.Byte() & 0x0F;
        var bits = cursor.Byte();
        cursor.Skip(2);
        var size = cursor.Int();
        if (size is 0 or > int.MaxValue)
        {
            throw file.Corrupt($"elements of {size} bytes");
        }

        switch (kind)
        {
            case 0 when size <= 8:
                CheckOrder(file, bits, size);
                return new(HdfKind.Integer, (int)size, (bits & 8) != 0);
            case 1 when size is 2 or 4 or 8:
                CheckOrder(file, bits, size);
                cursor.Skip(2 + 2 + 1);
                var exponent = cursor.Byte();
                return exponent == (size == 2 ? 5 : size == 4 ? 8 : 11)
                    ? new(HdfKind.Float, (int)size)
                    : size == 2 && exponent == 8 ? new(HdfKind.BFloat, 2) : throw file.Unsupported($"floating-point numbers with {exponent} bits of exponent");
            case 3:
                return new(HdfKind.FixedText, (int)size);
            case 8 when size == 1:
                return new(HdfKind.Integer, 1, true);
            case 9 when (bits & 0x0F) == 1 && size == 16:
                return new(HdfKind.Text, (int)size);
            default:
                throw file.Unsupported($"elements of kind {kind} and {size} bytes");
        }
    }

    private static void CheckOrder(HdfFile file, byte bits, uint size)
    {
        if ((bits & 1) != 0 && size > 1)
        {
            throw file.Unsupported("numbers with the highest byte first");
        }
    }
}
