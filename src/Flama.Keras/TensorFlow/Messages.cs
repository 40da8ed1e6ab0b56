using Flama.Onnx.Graphs;
using Flama.Onnx.Protobuf;

namespace Flama.Keras.TensorFlow;

/// <summary>Small messages that several have.</summary>
internal static class Messages
{
    /// <summary>An entry of a map by text.</summary>
    public static (string Key, ReadOnlyMemory<byte> Value) ReadEntry(ProtoReader reader)
    {
        var key = "";
        ReadOnlyMemory<byte> value = default;
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                key = reader.ReadText();
            }
            else if (reader.Field == 2)
            {
                value = reader.ReadBytes();
            }
            else
            {
                reader.Skip();
            }
        }

        return (key, value);
    }

    /// <summary>The text that is field 1; empty for none.</summary>
    public static string ReadFirstText(ReadOnlyMemory<byte> message)
    {
        ProtoReader reader = new(message, "message");
        while (reader.Next())
        {
            if (reader.Field == 1 && reader.Wire == WireType.Bytes)
            {
                return reader.ReadText();
            }

            reader.Skip();
        }

        return "";
    }

    /// <summary>A shape, -1 for lengths that are not known; null where the rank is not known.</summary>
    public static long[]? ReadShape(ReadOnlyMemory<byte> message)
    {
        List<long> shape = [];
        ProtoReader reader = new(message, "shape");
        while (reader.Next())
        {
            if (reader.Field == 3 && reader.ReadLong() != 0)
            {
                return null;
            }

            if (reader.Field == 2)
            {
                var dimension = reader.ReadMessage();
                var length = 0L;
                while (dimension.Next())
                {
                    if (dimension.Field == 1)
                    {
                        length = dimension.ReadLong();
                    }
                    else
                    {
                        dimension.Skip();
                    }
                }

                shape.Add(length);
            }
            else if (reader.Field != 3)
            {
                reader.Skip();
            }
        }

        return [.. shape];
    }

    /// <summary>A type by TensorFlow's number; null for what no tensor of a graph has.</summary>
    public static OnnxElementType? TypeOf(long number) => number switch
    {
        1 => OnnxElementType.Float32,
        2 => OnnxElementType.Float64,
        3 => OnnxElementType.Int32,
        4 => OnnxElementType.UInt8,
        5 => OnnxElementType.Int16,
        6 => OnnxElementType.Int8,
        7 => OnnxElementType.String,
        9 => OnnxElementType.Int64,
        10 => OnnxElementType.Boolean,
        14 => OnnxElementType.BFloat16,
        17 => OnnxElementType.UInt16,
        19 => OnnxElementType.Float16,
        22 => OnnxElementType.UInt32,
        23 => OnnxElementType.UInt64,
        _ => null,
    };
}
