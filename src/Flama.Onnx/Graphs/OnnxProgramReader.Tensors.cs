using Flama.Onnx.Protobuf;

namespace Flama.Onnx.Graphs;

/// <content>Tensors.</content>
internal sealed partial class OnnxProgramReader
{
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
        while (reader.Next(SingularFields.Tensor))
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
        while (reader.Next(SingularFields.SparseTensor))
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
}
