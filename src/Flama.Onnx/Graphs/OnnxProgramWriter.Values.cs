using Flama.Onnx.Protobuf;

namespace Flama.Onnx.Graphs;

/// <content>Names, types and shapes of values.</content>
internal static partial class OnnxProgramWriter
{
    private static void WriteValues(ProtoWriter message, int field, IEnumerable<OnnxValue> values)
    {
        foreach (var value in values)
        {
            ProtoWriter written = new();
            written.Write(1, value.Name);
            if (value.Type is { } type)
            {
                written.Write(2, Write(type));
            }

            message.Write(field, written);
        }
    }

    private static ProtoWriter Write(OnnxType type)
    {
        ProtoWriter message = new(), inner = new();
        switch (type)
        {
            case OnnxType.Tensor tensor:
                inner.Write(1, (long)tensor.Element);
                if (tensor.Shape is { } shape)
                {
                    inner.Write(2, Write(shape));
                }

                message.Write(tensor.IsSparse ? 8 : 1, inner);
                break;
            case OnnxType.Sequence sequence:
                inner.Write(1, Write(sequence.Item));
                message.Write(4, inner);
                break;
            case OnnxType.Map map:
                inner.Write(1, (long)map.Key);
                inner.Write(2, Write(map.Value));
                message.Write(5, inner);
                break;
            case OnnxType.Optional optional:
                inner.Write(1, Write(optional.Item));
                message.Write(9, inner);
                break;
        }

        return message;
    }

    private static ProtoWriter Write(IReadOnlyList<Dimension> shape)
    {
        ProtoWriter message = new();
        foreach (var dimension in shape)
        {
            ProtoWriter written = new();
            if (dimension.Length is { } length)
            {
                written.Write(1, length);
            }
            else
            {
                written.WriteOptional(2, dimension.Symbol);
            }

            message.Write(1, written);
        }

        return message;
    }
}
