using System.Runtime.InteropServices;
using Flama.Keras.Hdf5;
using Flama.Keras.Layers;
using Flama.Keras.Text;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Graphs;

/// <summary>Makes the ONNX graph of a model, with the shape and type of each value on the way. Not thread-safe.</summary>
/// <param name="builder">The graph.</param>
/// <param name="budget">What the constants are counted in.</param>
/// <param name="root">The graph that this one is a part of, which has the constants; null for the whole one.</param>
internal sealed partial class Lowering(OnnxGraphBuilder builder, MemoryBudget budget, Lowering? root = null)
{
    private const int MaxNodes = 150_000;

    private readonly Dictionary<(OnnxElementType, double), Value> scalars = root?.scalars ?? [];
    private readonly Dictionary<string, Value> vectors = root?.vectors ?? new(StringComparer.Ordinal);
    private readonly Dictionary<Weight, Value> weights = root?.weights ?? new(ReferenceEqualityComparer.Instance);

    /// <summary>What is made of inputs before the graph runs.</summary>
    public HostPlan Host { get; } = root?.Host ?? new();

    /// <summary>The graph.</summary>
    public OnnxGraphBuilder Builder => builder;

    private Lowering Root => root ?? this;

    /// <summary>Begins a graph that an attribute of a node holds.</summary>
    public Lowering Inner() => new(builder.Inner(), budget, Root);

    /// <summary>Adds a node.</summary>
    public Value Add(string op, OnnxElementType type, long[] shape, IReadOnlyList<Value?> inputs, params IReadOnlyList<OnnxAttribute> attributes) =>
        AddAll(op, inputs, [(type, shape)], attributes)[0];

    /// <summary>Adds a node that makes several values.</summary>
    public Value[] AddAll(string op, IReadOnlyList<Value?> inputs, IReadOnlyList<(OnnxElementType Type, long[] Shape)> outputs, params IReadOnlyList<OnnxAttribute> attributes)
    {
        if (builder.Graph.Nodes.Count >= MaxNodes)
        {
            throw KerasErrors.TooLarge($"its graph has more than {MaxNodes} operators");
        }

        string[] names = [.. inputs.Select(input => input?.Name ?? "")];
        var made = builder.Add(op, outputs.Count, names, attributes);
        return [.. made.Select((name, i) => new Value(name, outputs[i].Type, outputs[i].Shape))];
    }

    /// <summary>Adds an output that a caller takes.</summary>
    public void Output(string name, Value value, IReadOnlyList<Dimension> shape) => builder.Output(name, value.Name, value.Type, shape);

    /// <summary>A constant of numbers.</summary>
    public Value Constant<T>(ReadOnlySpan<T> elements, params long[] shape)
        where T : unmanaged
    {
        budget.Take(MemoryMarshal.AsBytes(elements).Length);
        var tensor = OnnxTensor.Of(Root.Builder.NewName("weight"), elements, shape);
        return new Value(Root.Builder.Constant(tensor), tensor.Type, shape);
    }

    /// <summary>A constant of text.</summary>
    public Value Texts(IReadOnlyList<string> texts, params long[] shape)
    {
        budget.Take(texts.Sum(text => (long)text.Length));
        return new(Root.Builder.Constant(new OnnxTensor(Root.Builder.NewName("texts"), shape, texts)), OnnxElementType.String, shape);
    }

    /// <summary>A constant of bytes of a type.</summary>
    public Value Constant(OnnxElementType type, ReadOnlyMemory<byte> bytes, params long[] shape)
    {
        budget.Take(bytes.Length);
        return new(Root.Builder.Constant(new OnnxTensor(Root.Builder.NewName("weight"), type, shape, bytes)), type, shape);
    }

    /// <summary>A variable of a layer; the same constant for each call of the layer.</summary>
    public Value Constant(Weight weight) => weights.TryGetValue(weight, out var known) ? known : weights[weight] = Constant(weight.Read());

    // An array of a file, in its own type; float16 becomes float32.
    private Value Constant(HdfArray array)
    {
        var type = array.Type switch
        {
            { Kind: HdfKind.Float, Size: 4 } => OnnxElementType.Float32,
            { Kind: HdfKind.Float, Size: 8 } => OnnxElementType.Float64,
            { Kind: HdfKind.Float or HdfKind.BFloat } => OnnxElementType.Float32,
            { Kind: HdfKind.Integer, Size: 8 } => OnnxElementType.Int64,
            { Kind: HdfKind.Integer, Size: 4 } => OnnxElementType.Int32,
            { Kind: HdfKind.Integer, Size: 1, IsSigned: true } => OnnxElementType.Int8,
            { Kind: HdfKind.Integer, Size: 1 } => OnnxElementType.UInt8,
            _ => throw KerasErrors.Invalid($"a weight has elements of kind {array.Type.Kind}"),
        };
        return array.Type switch
        {
            { Kind: HdfKind.Float, Size: 2 } => Constant<float>(Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(array.Data.Span).ToArray(), half => (float)half), array.Shape),
            { Kind: HdfKind.BFloat } => Constant<float>(
                Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(array.Data.Span).ToArray(), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)), array.Shape),
            _ => Constant(type, array.Data, array.Shape),
        };
    }

    /// <summary>A single number.</summary>
    public Value Scalar(double value, OnnxElementType type = OnnxElementType.Float32)
    {
        if (scalars.TryGetValue((type, value), out var known) && !double.IsNaN(value) && value != 0)
        {
            return known;
        }

        var made = type switch
        {
            OnnxElementType.Float32 => Constant<float>([(float)value], []),
            OnnxElementType.Float64 => Constant<double>([value], []),
            OnnxElementType.Float16 => Constant<Half>([(Half)value], []),
            OnnxElementType.Int64 => Constant<long>([(long)value], []),
            OnnxElementType.Int32 => Constant<int>([(int)value], []),
            OnnxElementType.Boolean => Constant<bool>([value != 0], []),
            OnnxElementType.UInt8 => Constant<byte>([(byte)value], []),
            OnnxElementType.Int8 => Constant<sbyte>([(sbyte)value], []),
            OnnxElementType.Int16 => Constant<short>([(short)value], []),
            OnnxElementType.UInt16 => Constant<ushort>([(ushort)value], []),
            OnnxElementType.UInt32 => Constant<uint>([(uint)value], []),
            OnnxElementType.UInt64 => Constant<ulong>([(ulong)value], []),
            OnnxElementType.BFloat16 => Constant(type, BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16)), []),
            _ => throw KerasErrors.Invalid($"a number of type {type}"),
        };
        return scalars[(type, value)] = made;
    }

    /// <summary>Whole numbers: axes, shapes.</summary>
    public Value Longs(params long[] values)
    {
        var key = string.Join(',', values);
        return vectors.TryGetValue(key, out var known) ? known : vectors[key] = Constant<long>(values, values.Length);
    }
}
