using Flama.Onnx.Protobuf;

namespace Flama.Onnx.Graphs;

/// <content>Tensors, and what values are.</content>
internal sealed partial class OnnxProgramReader
{
    private const int MaxTypeDepth = 8;

    /// <summary>Reads a tensor.</summary>
    /// <param name="message">The tensor.</param>
    /// <param name="end">Where it ends in the whole.</param>
    internal OnnxTensor ReadTensor(ReadOnlyMemory<byte> message, long end)
    {
        Count(ref items, limits.MaxItems, "constants", nameof(OnnxLimits.MaxItems));
        var reader = new ProtoReader(message, name, end - message.Length);
        var label = "";
        var type = 0L;
        List<long> shape = [];
        List<ReadOnlyMemory<byte>>? texts = null;
        ReadOnlyMemory<byte>? raw = null;
        Dictionary<string, string>? external = null;
        var isExternal = false;
        var (field, count) = (0, 0L);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.ReadLongs(shape);
                    if (shape.Count > limits.MaxRank)
                    {
                        throw TooMuch($"a constant of more than {limits.MaxRank} dimensions", nameof(OnnxLimits.MaxRank));
                    }

                    break;
                case 2:
                    type = reader.ReadLong();
                    break;
                case 6:
                    Count(ref items, limits.MaxItems, "texts", nameof(OnnxLimits.MaxItems));
                    (texts ??= []).Add(reader.ReadBytes());
                    break;
                case 8:
                    label = reader.ReadText();
                    break;
                case 9:
                    raw = reader.ReadBytes();
                    break;
                case 13:
                    var (key, value) = ReadPair(reader.ReadMessage());
                    (external ??= new(StringComparer.Ordinal))[key] = value;
                    break;
                case 14:
                    isExternal = reader.ReadLong() == 1;
                    break;
                case 4 or 5 or 7 or 10 or 11:
                    field = reader.Field;
                    count += CountNumbers(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var tensor = new OnnxTensor(label, type is >= 0 and <= int.MaxValue ? (OnnxElementType)type : OnnxElementType.Undefined, shape)
        {
            External = isExternal ? ExternalOf(external) : null,
            Content = texts is not null ? new TextContent(texts)
                : raw is not null || field == 0 ? new RawContent(raw ?? default)
                : new FieldContent(message, field, count, field switch { 4 => sizeof(float), 10 => sizeof(double), _ => 0 }),
        };
        TensorCheck.Check(tensor, ref reader, raw is not null);
        return tensor;
    }

    // How many numbers a field of them has, packed or not.
    private static long CountNumbers(ref ProtoReader reader)
    {
        var (field, wire) = (reader.Field, reader.Wire);
        if (wire != WireType.Bytes)
        {
            reader.Skip();
            return 1;
        }

        var packed = reader.ReadBytes();
        if (field is 4 or 10)
        {
            var size = field == 4 ? sizeof(float) : sizeof(double);
            return packed.Length % size == 0 ? packed.Length / size : throw reader.Corrupt($"numbers in {packed.Length} bytes");
        }

        var ends = 0L;
        foreach (var part in packed.Span)
        {
            ends += part < 0x80 ? 1 : 0;
        }

        return ends;
    }

    private static OnnxExternalData ExternalOf(Dictionary<string, string>? pairs) =>
        new(pairs?.GetValueOrDefault("location") ?? "", pairs?.GetValueOrDefault("offset"), pairs?.GetValueOrDefault("length"));

    // The name is that of the tensor of its values.
    private string ReadSparseName(ProtoReader reader)
    {
        Count(ref items, limits.MaxItems, "constants", nameof(OnnxLimits.MaxItems));
        var label = "";
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                label = ReadTensor(reader.ReadBytes(), reader.Offset).Name;
            }
            else if (reader.Field == 2)
            {
                ReadTensor(reader.ReadBytes(), reader.Offset);
            }
            else
            {
                reader.Skip();
            }
        }

        return label;
    }

    private OnnxValue ReadValue(ProtoReader reader)
    {
        Count(ref items, limits.MaxItems, "values", nameof(OnnxLimits.MaxItems));
        var label = "";
        OnnxType? type = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    label = reader.ReadText();
                    break;
                case 2:
                    type = ReadType(reader.ReadMessage(), 0);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(label, type);
    }

    private OnnxType? ReadType(ProtoReader reader, int level)
    {
        if (level > MaxTypeDepth)
        {
            throw reader.Corrupt($"a value whose type is more than {MaxTypeDepth} deep");
        }

        OnnxType? type = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 or 8:
                    type = ReadTensorType(reader.ReadMessage(), reader.Field == 8);
                    break;
                case 4:
                    type = ReadItem(reader.ReadMessage(), level) is { } item ? new OnnxType.Sequence(item) : null;
                    break;
                case 5:
                    type = ReadMap(reader.ReadMessage(), level);
                    break;
                case 9:
                    type = ReadItem(reader.ReadMessage(), level) is { } some ? new OnnxType.Optional(some) : null;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return type;
    }

    private OnnxType? ReadItem(ProtoReader reader, int level)
    {
        OnnxType? item = null;
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                item = ReadType(reader.ReadMessage(), level + 1);
            }
            else
            {
                reader.Skip();
            }
        }

        return item;
    }

    private OnnxType.Map? ReadMap(ProtoReader reader, int level)
    {
        var key = OnnxElementType.Undefined;
        OnnxType? value = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = (OnnxElementType)reader.ReadLong();
                    break;
                case 2:
                    value = ReadType(reader.ReadMessage(), level + 1);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value is null ? null : new(key, value);
    }

    private OnnxType.Tensor ReadTensorType(ProtoReader reader, bool isSparse)
    {
        var element = OnnxElementType.Undefined;
        List<Dimension>? shape = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    element = (OnnxElementType)reader.ReadLong();
                    break;
                case 2:
                    shape = ReadShape(reader.ReadMessage());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(element, shape) { IsSparse = isSparse };
    }

    private List<Dimension> ReadShape(ProtoReader reader)
    {
        List<Dimension> shape = [];
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            shape.Add(ReadDimension(reader.ReadMessage()));
            if (shape.Count > limits.MaxRank)
            {
                throw TooMuch($"a value of more than {limits.MaxRank} dimensions", nameof(OnnxLimits.MaxRank));
            }
        }

        return shape;
    }

    // A length below zero is some exporters' way to say that it is not known.
    private static Dimension ReadDimension(ProtoReader reader)
    {
        var dimension = Dimension.Any;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    dimension = reader.ReadLong() is >= 0 and var length ? new(length) : Dimension.Any;
                    break;
                case 2:
                    dimension = reader.ReadText() is { Length: > 0 } symbol ? new(null, symbol) : Dimension.Any;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return dimension;
    }
}
