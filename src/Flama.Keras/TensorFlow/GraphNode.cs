using System.Runtime.InteropServices;
using Flama.Onnx.Graphs;
using Flama.Onnx.Protobuf;

namespace Flama.Keras.TensorFlow;

/// <summary>One node of a graph of TensorFlow. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Op">The operation.</param>
/// <param name="Inputs">What it reads: <c>node</c>, <c>node:1</c>, in functions <c>node:out:0</c>; without control inputs.</param>
/// <param name="Attributes">Its attributes, encoded.</param>
internal sealed record GraphNode(string Name, string Op, IReadOnlyList<string> Inputs, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attributes)
{
    /// <summary>The nodes that it waits for without reading them.</summary>
    public IReadOnlyList<string> Controls { get; private init; } = [];

    /// <summary>Reads the message.</summary>
    public static GraphNode Read(ProtoReader reader)
    {
        string name = "", op = "";
        List<string> inputs = [], controls = [];
        Dictionary<string, ReadOnlyMemory<byte>> attributes = new(StringComparer.Ordinal);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.ReadText();
                    break;
                case 2:
                    op = reader.ReadText();
                    break;
                case 3:
                    var input = reader.ReadText();
                    (input.StartsWith('^') ? controls : inputs).Add(input.TrimStart('^'));
                    break;
                case 5:
                    var (key, value) = Messages.ReadEntry(reader.ReadMessage());
                    attributes[key] = value;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(name, op, inputs, attributes) { Controls = controls };
    }

    public long Integer(string name, long otherwise = 0) => Find(name, 3) is { } reader ? reader.Number : otherwise;

    public bool Flag(string name, bool otherwise = false) => Find(name, 5) is { } reader ? reader.Number != 0 : otherwise;

    public float Float(string name, float otherwise = 0) => Find(name, 4) is { } reader ? reader.Single : otherwise;

    public string Text(string name, string otherwise = "") => Find(name, 2) is { } reader ? System.Text.Encoding.UTF8.GetString(reader.Bytes.Span) : otherwise;

    /// <summary>A type; null where it is not there, or a resource or something else that no tensor has.</summary>
    public OnnxElementType? Type(string name) => Find(name, 6) is { } reader ? Messages.TypeOf(reader.Number) : null;

    /// <summary>The name of a function.</summary>
    public string Function(string name) => Find(name, 10) is { } reader ? Messages.ReadFirstText(reader.Bytes) : "";

    /// <summary>A shape; null where the rank is not known.</summary>
    public long[]? Shape(string name) => Find(name, 7) is { } reader ? Messages.ReadShape(reader.Bytes) : null;

    /// <summary>A constant.</summary>
    public GraphTensor? Tensor(string name) => Find(name, 8) is { } reader ? GraphTensor.Read(reader.Bytes) : null;

    /// <summary>A list of whole numbers.</summary>
    public long[] Integers(string name)
    {
        List<long> numbers = [];
        Each(name, 3, (ref ProtoReader reader) => reader.ReadLongs(numbers));
        return [.. numbers];
    }

    /// <summary>A list of floating-point numbers.</summary>
    public float[] Floats(string name)
    {
        List<float> numbers = [];
        Each(name, 4, (ref ProtoReader reader) =>
        {
            if (reader.Wire == WireType.Fixed32)
            {
                numbers.Add(reader.ReadFloat());
            }
            else
            {
                numbers.AddRange(MemoryMarshal.Cast<byte, float>(reader.ReadBytes().Span));
            }
        });
        return [.. numbers];
    }

    /// <summary>A list of texts.</summary>
    public string[] Texts(string name)
    {
        List<string> texts = [];
        Each(name, 2, (ref ProtoReader reader) => texts.Add(reader.ReadText()));
        return [.. texts];
    }

    /// <summary>A list of types.</summary>
    public OnnxElementType[] Types(string name)
    {
        List<long> types = [];
        Each(name, 6, (ref ProtoReader reader) => reader.ReadLongs(types));
        return [.. types.Select(type => Messages.TypeOf(type) ?? throw KerasErrors.Invalid($"'{Name}' has a type that no tensor has"))];
    }

    /// <summary>A list of shapes.</summary>
    public long[][] Shapes(string name)
    {
        List<long[]> shapes = [];
        Each(name, 7, (ref ProtoReader reader) => shapes.Add(Messages.ReadShape(reader.ReadBytes()) ?? [-1]));
        return [.. shapes];
    }

    /// <summary>A list of names of functions.</summary>
    public string[] Functions(string name)
    {
        List<string> names = [];
        Each(name, 9, (ref ProtoReader reader) => names.Add(Messages.ReadFirstText(reader.ReadBytes())));
        return [.. names];
    }

    private delegate void ReadOne(ref ProtoReader reader);

    private void Each(string name, int field, ReadOne read)
    {
        if (Find(name, 1) is not { } list)
        {
            return;
        }

        ProtoReader reader = new(list.Bytes, Name);
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private (long Number, float Single, ReadOnlyMemory<byte> Bytes)? Find(string name, int field)
    {
        if (!Attributes.TryGetValue(name, out var encoded))
        {
            return null;
        }

        ProtoReader reader = new(encoded, Name);
        while (reader.Next())
        {
            if (reader.Field != field)
            {
                reader.Skip();
                continue;
            }

            return reader.Wire switch
            {
                WireType.Varint => ((long)reader.ReadVarint(), 0, default),
                WireType.Fixed32 => (0, reader.ReadFloat(), default),
                WireType.Bytes => (0, 0, reader.ReadBytes()),
                _ => null,
            };
        }

        return null;
    }
}
