using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Flama.Pickle.Tests;

/// <summary>Writes pickles opcode by opcode.</summary>
internal sealed class PickleBytes
{
    private readonly ArrayBufferWriter<byte> stream = new();

    /// <summary>Text as Latin-1: one character, one byte.</summary>
    public static byte[] Raw(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>A whole pickle from text as Latin-1.</summary>
    public static object? Read(string text, PickleLimits? limits = null, GlobalTable? globals = null) => PickleReader.Read(Raw(text), limits, globals);

    public byte[] ToArray() => stream.WrittenSpan.ToArray();

    public object? Read() => PickleReader.Read(ToArray());

    public PickleBytes Op(string text)
    {
        stream.Write(Raw(text));
        return this;
    }

    public PickleBytes Bytes(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        return this;
    }

    public PickleBytes Protocol(int version) => Op($"\u0080{(char)version}");

    public PickleBytes Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return Op("X").UInt32((uint)utf8.Length).Bytes(utf8);
    }

    public PickleBytes Integer(int value)
    {
        Op("J");
        return UInt32((uint)value);
    }

    public PickleBytes Global(string module, string name) => Op($"c{module}\n{name}\n");

    public PickleBytes BytesValue(ReadOnlySpan<byte> value) => Op("B").UInt32((uint)value.Length).Bytes(value);

    /// <summary>A numpy dtype, by REDUCE and BUILD.</summary>
    public PickleBytes DType(string code, char order = '<', int itemSize = -1)
    {
        Global("numpy", "dtype").Text(code).Op("\u0089\u0088\u0087R");
        return Op("(").Integer(3).Text(order.ToString()).Op("NNN").Integer(itemSize).Integer(-1).Integer(0).Op("tb");
    }

    /// <summary>A tuple of lengths.</summary>
    public PickleBytes Shape(params ReadOnlySpan<int> lengths)
    {
        Op("(");
        foreach (var length in lengths)
        {
            Integer(length);
        }

        return Op("t");
    }

    /// <summary>A numpy array, by <c>_reconstruct</c> and BUILD.</summary>
    public PickleBytes Array(Action<PickleBytes> dtype, int[] shape, bool isFortran, Action<PickleBytes> data)
    {
        Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Op("K\u0000\u0085C\u0001b\u0087R(K\u0001").Shape(shape);
        dtype(this);
        Op(isFortran ? "\u0088" : "\u0089");
        data(this);
        return Op("tb");
    }

    private PickleBytes UInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes);
        return this;
    }
}
