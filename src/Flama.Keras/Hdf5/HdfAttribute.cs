using System.Buffers.Binary;
using System.Text;

namespace Flama.Keras.Hdf5;

/// <summary>A small array that is told of an object.</summary>
internal sealed class HdfAttribute
{
    private readonly HdfFile file;
    private readonly HdfType type;
    private readonly long[] shape;
    private readonly ReadOnlyMemory<byte> data;

    private HdfAttribute(HdfFile file, string name, HdfType type, long[] shape, ReadOnlyMemory<byte> data)
    {
        this.file = file;
        Name = name;
        this.type = type;
        this.shape = shape;
        this.data = data;
    }

    public string Name { get; }

    /// <summary>Reads the message, of version 1 to 3.</summary>
    public static HdfAttribute Read(HdfFile file, ReadOnlyMemory<byte> body)
    {
        HdfCursor cursor = new(file, body.Span);
        var version = cursor.Byte();
        var flags = cursor.Byte();
        if (version is < 1 or > 3)
        {
            throw file.Corrupt("an attribute is of no known version");
        }

        if (version > 1 && (flags & 3) != 0)
        {
            throw file.Unsupported("a type that several arrays share");
        }

        var nameLength = cursor.Short();
        var typeLength = cursor.Short();
        var spaceLength = cursor.Short();
        cursor.Skip(version == 3 ? 1 : 0);
        var name = Encoding.UTF8.GetString(cursor.Take(nameLength)).TrimEnd('\0');
        Align(ref cursor, version);
        var elements = HdfType.Read(file, cursor.Take(typeLength));
        Align(ref cursor, version);
        var lengths = HdfSpace.Read(file, cursor.Take(spaceLength));
        Align(ref cursor, version);
        var length = HdfSpace.BytesOf(file, lengths, elements.Size);
        return length <= cursor.Left ? new(file, name, elements, lengths, body.Slice(cursor.Position, (int)length)) : throw file.Truncated();
    }

    /// <summary>The texts; empty for numbers.</summary>
    public IReadOnlyList<string> ReadTexts()
    {
        List<string> texts = [];
        var total = 0L;
        var count = (int)(data.Length / type.Size);
        for (var i = 0; i < count && shape.Length <= 1; i++)
        {
            var element = data.Span.Slice(i * type.Size, type.Size);
            switch (type.Kind)
            {
                case HdfKind.FixedText:
                    var end = element.IndexOf((byte)0);
                    texts.Add(Encoding.UTF8.GetString(end < 0 ? element : element[..end]));
                    break;
                case HdfKind.Text:
                    // Elements may refer to the same text; all together are no more than the file has.
                    total += BinaryPrimitives.ReadUInt32LittleEndian(element);
                    texts.Add(total <= file.Length ? HdfGlobalHeap.ReadText(file, element) : throw file.Corrupt("an attribute has more text than the file"));
                    break;
                default:
                    return [];
            }
        }

        return texts;
    }

    private static void Align(ref HdfCursor cursor, byte version)
    {
        if (version == 1)
        {
            cursor.Align();
        }
    }
}
