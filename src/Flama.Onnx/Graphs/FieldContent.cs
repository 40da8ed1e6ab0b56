using Flama.Onnx.Protobuf;

namespace Flama.Onnx.Graphs;

/// <summary>Numbers in a field of their type, which stay encoded.</summary>
/// <param name="message">The tensor.</param>
/// <param name="field">The field's number.</param>
/// <param name="count">How many numbers there are.</param>
/// <param name="size">Bytes a number in the file, where it has a fixed size; 0 for those of seven bits a byte.</param>
internal sealed class FieldContent(ReadOnlyMemory<byte> message, int field, long count, int size) : TensorContent
{
    public override long? Count => count;

    public override ReadOnlyMemory<byte> ReadBytes(OnnxElementType type)
    {
        var reader = new ProtoReader(message, "tensor");
        var bytes = new List<ReadOnlyMemory<byte>>();
        var numbers = new List<long>();
        while (reader.Next())
        {
            if (reader.Field != field)
            {
                reader.Skip();
            }
            else if (size == 0)
            {
                reader.ReadLongs(numbers);
            }
            else if (reader.Wire == WireType.Bytes)
            {
                bytes.Add(reader.ReadBytes());
            }
            else
            {
                bytes.Add(reader.Wire == WireType.Fixed32 ? BitConverter.GetBytes(reader.ReadFloat()) : BitConverter.GetBytes(reader.ReadDouble()));
            }
        }

        if (size == 0)
        {
            return LittleEndian.Bytes(numbers, Math.Max(1, OnnxElementTypes.BitsOf(type) / 8));
        }

        if (bytes is [var only])
        {
            return only;
        }

        return bytes.SelectMany(part => part.ToArray()).ToArray();
    }
}
