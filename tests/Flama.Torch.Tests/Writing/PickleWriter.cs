using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Flama.Torch.Tests.Writing;

/// <summary>Writes objects as torch.jit.save does, in protocol 2.</summary>
internal sealed class PickleWriter
{
    private readonly ArrayBufferWriter<byte> stream = new();

    /// <summary>The storages of the tensors that were written.</summary>
    public List<byte[]> Storages { get; } = [];

    public byte[] Write(object? value)
    {
        Op([0x80, 2]);
        Value(value);
        Op("."u8);
        return stream.WrittenSpan.ToArray();
    }

    private void Value(object? value)
    {
        switch (value)
        {
            case null:
                Op("N"u8);
                break;
            case bool truth:
                Op(truth ? [0x88] : [0x89]);
                break;
            case long whole:
                Line($"L{whole.ToString(CultureInfo.InvariantCulture)}L");
                break;
            case double number:
                Op("G"u8);
                Span<byte> bits = stackalloc byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(bits, number);
                Op(bits);
                break;
            case string text:
                Op("X"u8);
                Span<byte> length = stackalloc byte[4];
                BinaryPrimitives.WriteInt32LittleEndian(length, Encoding.UTF8.GetByteCount(text));
                Op(length);
                Op(Encoding.UTF8.GetBytes(text));
                break;
            case List<object?> items:
                Op("](e"u8[..2]);
                items.ForEach(Value);
                Op("e"u8);
                break;
            case ScriptObject instance:
                Line($"c__torch__.{instance.ClassName[..instance.ClassName.LastIndexOf('.')]}");
                Line(instance.ClassName[(instance.ClassName.LastIndexOf('.') + 1)..]);
                Op([(byte)')', 0x81, (byte)'}']);
                foreach (var (name, attribute) in instance.Attributes)
                {
                    Value(name);
                    Value(attribute);
                    Op("s"u8);
                }

                Op("b"u8);
                break;
            case ScriptTensor tensor:
                Tensor(tensor);
                break;
            default:
                throw new NotSupportedException($"{value.GetType()}");
        }
    }

    private void Tensor(ScriptTensor tensor)
    {
        Line("ctorch._utils");
        Line("_rebuild_tensor_v2");
        Op("(("u8);
        Value("storage");
        Line("ctorch");
        Line("FloatStorage");
        Value(Storages.Count.ToString(CultureInfo.InvariantCulture));
        Value("cpu");
        Value(tensor.Bytes.Length / 4L);
        Op("tQ"u8);
        Value(0L);
        Tuple(tensor.Shape);
        Tuple(tensor.Strides ?? [.. tensor.Shape.Select((_, i) => tensor.Shape[(i + 1)..].Aggregate(1L, (product, length) => product * length))]);
        Value(false);
        Line("ccollections");
        Line("OrderedDict");
        Op(")RtR"u8);
        Storages.Add(tensor.Bytes);
    }

    private void Tuple(long[] numbers)
    {
        Op("("u8);
        Array.ForEach(numbers, number => Value(number));
        Op("t"u8);
    }

    private void Op(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

    private void Line(string text) => stream.Write(Encoding.ASCII.GetBytes(text + "\n"));
}
