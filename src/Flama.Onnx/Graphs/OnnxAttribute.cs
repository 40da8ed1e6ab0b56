using System.Text;
using Flama.Onnx.Protobuf;

namespace Flama.Onnx.Graphs;

/// <summary>A constant that a node computes with: an axis, a list of pads, the body of a loop. Immutable but for its graphs.</summary>
/// <remarks>Lists of an attribute that was read stay encoded and are decoded at each call: those of tree ensembles have millions of numbers.</remarks>
public sealed class OnnxAttribute
{
    private readonly ReadOnlyMemory<byte> encoded;

    internal OnnxAttribute(string name, OnnxAttributeType type, ReadOnlyMemory<byte> encoded)
    {
        Name = name;
        Type = type;
        this.encoded = encoded;
    }

    /// <summary>The name, unique in the node.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public OnnxAttributeType Type { get; }

    /// <summary>The graphs that it holds; empty for other attributes.</summary>
    public IReadOnlyList<OnnxGraph> Graphs { get; internal init; } = [];

    /// <summary>The tensors that it holds; empty for other attributes.</summary>
    public IReadOnlyList<OnnxTensor> Tensors { get; internal init; } = [];

    /// <summary>In a function, the attribute of the calling node that it stands for; else null.</summary>
    public string? ReferenceTo { get; internal init; }

    internal ReadOnlyMemory<byte> Encoded => encoded;

    /// <summary>Makes a whole number.</summary>
    public static OnnxAttribute Of(string name, long value) => Make(name, OnnxAttributeType.Integer, message => message.Write(AttributeFields.Integer, value));

    /// <summary>Makes a float32.</summary>
    public static OnnxAttribute Of(string name, float value) => Make(name, OnnxAttributeType.Float, message => message.Write(AttributeFields.Float, value));

    /// <summary>Makes a text.</summary>
    public static OnnxAttribute Of(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Make(name, OnnxAttributeType.Text, message => message.Write(AttributeFields.Text, value));
    }

    /// <summary>Makes a list of whole numbers.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<long> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Make(name, OnnxAttributeType.Integers, message =>
        {
            foreach (var value in values)
            {
                message.Write(AttributeFields.Integers, value);
            }
        });
    }

    /// <summary>Makes a list of float32.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<float> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Make(name, OnnxAttributeType.Floats, message =>
        {
            foreach (var value in values)
            {
                message.Write(AttributeFields.Floats, value);
            }
        });
    }

    /// <summary>Makes a list of texts.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Make(name, OnnxAttributeType.Texts, message =>
        {
            foreach (var value in values)
            {
                message.Write(AttributeFields.Texts, value);
            }
        });
    }

    /// <summary>Makes a tensor.</summary>
    public static OnnxAttribute Of(string name, OnnxTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new(name, OnnxAttributeType.Tensor, default) { Tensors = [tensor] };
    }

    /// <summary>Makes a graph: a branch, the body of a loop.</summary>
    public static OnnxAttribute Of(string name, OnnxGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new(name, OnnxAttributeType.Graph, default) { Graphs = [graph] };
    }

    /// <summary>The whole number; 0 for other attributes.</summary>
    public long ReadInteger() => ReadIntegers(AttributeFields.Integer) is [.., var last] ? last : 0;

    /// <summary>The list of whole numbers; empty for other attributes.</summary>
    public IReadOnlyList<long> ReadIntegers() => ReadIntegers(AttributeFields.Integers);

    /// <summary>The float32; 0 for other attributes.</summary>
    public float ReadFloat() => ReadFloats(AttributeFields.Float) is [.., var last] ? last : 0;

    /// <summary>The list of float32; empty for other attributes.</summary>
    public IReadOnlyList<float> ReadFloats() => ReadFloats(AttributeFields.Floats);

    /// <summary>The text; empty for other attributes.</summary>
    public string ReadText() => ReadTexts(AttributeFields.Text) is [.., var last] ? last : "";

    /// <summary>The list of texts; empty for other attributes.</summary>
    public IReadOnlyList<string> ReadTexts() => ReadTexts(AttributeFields.Texts);

    private static OnnxAttribute Make(string name, OnnxAttributeType type, Action<ProtoWriter> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ProtoWriter message = new();
        message.Write(AttributeFields.Name, name);
        message.Write(AttributeFields.Type, (long)type);
        write(message);
        return new(name, type, message.ToArray());
    }

    private List<long> ReadIntegers(int field)
    {
        List<long> values = [];
        var reader = new ProtoReader(encoded, Name);
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                reader.ReadLongs(values);
            }
            else
            {
                reader.Skip();
            }
        }

        return values;
    }

    private List<float> ReadFloats(int field)
    {
        List<float> values = [];
        var reader = new ProtoReader(encoded, Name);
        while (reader.Next())
        {
            if (reader.Field != field)
            {
                reader.Skip();
            }
            else if (reader.Wire == WireType.Bytes)
            {
                foreach (var value in LittleEndian.Singles(reader.ReadBytes().Span))
                {
                    values.Add(value);
                }
            }
            else
            {
                values.Add(reader.ReadFloat());
            }
        }

        return values;
    }

    private List<string> ReadTexts(int field)
    {
        List<string> values = [];
        var reader = new ProtoReader(encoded, Name);
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                values.Add(Encoding.UTF8.GetString(reader.ReadBytes().Span));
            }
            else
            {
                reader.Skip();
            }
        }

        return values;
    }
}
