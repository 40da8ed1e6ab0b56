using System.Text;

namespace Flama.Keras.Hdf5;

/// <summary>Reads text of any length, which is in collections beside the objects.</summary>
internal static class HdfGlobalHeap
{
    /// <summary>Reads what an element refers to: length, address of the collection, number in it.</summary>
    public static string ReadText(HdfFile file, ReadOnlySpan<byte> element)
    {
        HdfCursor reference = new(file, element);
        var length = reference.Int();
        var address = reference.Long();
        var wanted = reference.Int();
        if (length == 0 || address is 0 or HdfFile.Nowhere)
        {
            return "";
        }

        HdfCursor head = new(file, address);
        head.Expect("GCOL"u8);
        head.Skip(4);
        var collection = file.Slice(address, head.Long());
        HdfCursor cursor = new(file, collection.Span);
        cursor.Skip(16);
        while (cursor.Left >= 16)
        {
            var index = cursor.Short();
            cursor.Skip(6);
            var size = cursor.Long();
            if (index == 0)
            {
                break;
            }

            if (size > (ulong)cursor.Left)
            {
                throw file.Truncated();
            }

            var content = cursor.Take((int)size);
            cursor.Align();
            if (index == wanted)
            {
                return length <= size ? Encoding.UTF8.GetString(content[..(int)length]).TrimEnd('\0') : throw file.Truncated();
            }
        }

        throw file.Corrupt("text is not where an attribute says");
    }
}
