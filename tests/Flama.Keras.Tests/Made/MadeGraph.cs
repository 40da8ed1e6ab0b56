using System.Text;

namespace Flama.Keras.Tests.Made;

/// <summary>Messages of graphs of TensorFlow that a test writes.</summary>
internal static class MadeGraph
{
    /// <summary>A field of bytes.</summary>
    public static byte[] Field(int number, byte[] content) => [.. Varint((ulong)((number << 3) | 2)), .. Varint((ulong)content.Length), .. content];

    public static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    public static byte[] Field(int number, long value) => [.. Varint((ulong)(number << 3)), .. Varint((ulong)value)];

    public static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value > 0x7F; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    /// <summary>A frozen graph.</summary>
    public static byte[] Graph(params byte[][] nodes) => [.. nodes.SelectMany(node => Field(1, node))];

    /// <summary>A node; attributes are encoded values.</summary>
    public static byte[] Node(string name, string op, string[] inputs, params (string Name, byte[] Value)[] attributes) =>
    [
        .. Field(1, name), .. Field(2, op), .. inputs.SelectMany(input => Field(3, input)),
        .. attributes.SelectMany(attribute => Field(5, [.. Field(1, attribute.Name), .. Field(2, attribute.Value)])),
    ];

    public static byte[] Type(int type) => Field(6, type);

    public static byte[] Shape(params long[] shape) => Field(7, ShapeOf(shape));

    /// <summary>A constant that says one number for all.</summary>
    public static byte[] Constant(string name, int type, long[] shape, byte[] fields) => Node(name, "Const", [], ("dtype", Type(type)), ("value", Field(8, [.. Field(1, type), .. Field(2, ShapeOf(shape)), .. fields])));

    public static byte[] Placeholder(string name, int type, params long[] shape) => Node(name, "Placeholder", [], ("dtype", Type(type)), ("shape", Shape(shape)));

    /// <summary>A signature of one input and one output of one dimension, as a field of the graph's description.</summary>
    public static byte[] Signature(string name, int type, string input, string output, string method = "tensorflow/serving/predict") =>
        Field(5, [.. Field(1, name), .. Field(2, [.. Field(1, Tensor("in", input, type)), .. Field(2, Tensor("out", output, type)), .. Field(3, method)])]);

    private static byte[] Tensor(string key, string name, int type) => [.. Field(1, key), .. Field(2, [.. Field(1, name), .. Field(2, type), .. Field(3, Field(2, Field(1, -1)))])];

    private static byte[] ShapeOf(long[] shape) => [.. shape.SelectMany(length => Field(2, Field(1, length)))];
}
