using Flama.Onnx.Protobuf;

namespace Flama.Onnx.Graphs;

/// <content>What values are.</content>
internal sealed partial class OnnxProgramReader
{
    private const int MaxTypeDepth = 8;

    private OnnxValue ReadValue(ProtoReader reader)
    {
        Count(ref items, limits.MaxItems, "values", nameof(OnnxLimits.MaxItems));
        var label = "";
        OnnxType? type = null;
        while (reader.Next(SingularFields.Two))
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
        while (reader.Next(SingularFields.Type))
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
        while (reader.Next(SingularFields.One))
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
        while (reader.Next(SingularFields.Two))
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
        while (reader.Next(SingularFields.Two))
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
        while (reader.Next(SingularFields.Two))
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
