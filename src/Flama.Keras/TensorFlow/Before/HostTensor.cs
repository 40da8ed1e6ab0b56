using System.Runtime.InteropServices;
using Flama.Onnx.Graphs;

namespace Flama.Keras.TensorFlow.Before;

/// <summary>A tensor that is computed before the graph. Whole numbers and truths are <see cref="long"/>, others <see cref="double"/>. Immutable.</summary>
internal sealed class HostTensor
{
    private const long MaxElements = 1L << 24;

    private readonly Array elements;

    private HostTensor(ElementType type, long[] shape, Array elements)
    {
        Type = type;
        Shape = shape;
        this.elements = elements;
    }

    /// <summary>The type that the elements have in the graph.</summary>
    public ElementType Type { get; }

    /// <summary>The length of each dimension.</summary>
    public long[] Shape { get; }

    /// <summary>The number of dimensions.</summary>
    public int Rank => Shape.Length;

    /// <summary>The number of elements.</summary>
    public int Count => elements.Length;

    /// <summary>Whether elements are text.</summary>
    public bool IsText => elements is string[];

    /// <summary>Whether elements are floating-point numbers.</summary>
    public bool IsReal => elements is double[];

    /// <summary>The elements as whole numbers; what is behind the point is cut off.</summary>
    public long[] Longs => elements as long[] ?? (elements is double[] real ? Array.ConvertAll(real, number => (long)number) : throw Wrong("numbers"));

    /// <summary>The elements as floating-point numbers.</summary>
    public double[] Doubles => elements as double[] ?? Array.ConvertAll(Longs, number => (double)number);

    /// <summary>The elements as text.</summary>
    public string[] Texts => elements as string[] ?? throw Wrong("text");

    public static HostTensor Of(ElementType type, long[] elements, params long[] shape) => new(type, Checked(shape, elements.Length), elements);

    public static HostTensor Of(ElementType type, double[] elements, params long[] shape) =>
        new(type, Checked(shape, elements.Length), type == ElementType.Float32 ? Array.ConvertAll(elements, number => (double)(float)number) : elements);

    public static HostTensor Of(string[] elements, params long[] shape) => new(ElementType.String, Checked(shape, elements.Length), elements);

    public static HostTensor Of(bool[] elements, params long[] shape) => Of(ElementType.Boolean, Array.ConvertAll(elements, flag => flag ? 1L : 0), shape);

    /// <summary>Reads a tensor of a call.</summary>
    public static HostTensor Of(ModelTensor tensor) => tensor.Type switch
    {
        ElementType.String => Of(Array.ConvertAll(tensor.Texts.ToArray(), text => text ?? ""), [.. tensor.Shape]),
        ElementType.Float32 => new(tensor.Type, [.. tensor.Shape], Array.ConvertAll(tensor.Elements<float>().ToArray(), number => (double)number)),
        ElementType.Float64 => new(tensor.Type, [.. tensor.Shape], tensor.Elements<double>().ToArray()),
        ElementType.Float16 => new(tensor.Type, [.. tensor.Shape], Array.ConvertAll(tensor.Elements<Half>().ToArray(), number => (double)number)),
        ElementType.Boolean => Of(tensor.Elements<bool>().ToArray(), [.. tensor.Shape]),
        ElementType.Int64 => new(tensor.Type, [.. tensor.Shape], tensor.Elements<long>().ToArray()),
        ElementType.Int32 => new(tensor.Type, [.. tensor.Shape], Array.ConvertAll(tensor.Elements<int>().ToArray(), number => (long)number)),
        ElementType.Int16 => new(tensor.Type, [.. tensor.Shape], Array.ConvertAll(tensor.Elements<short>().ToArray(), number => (long)number)),
        ElementType.Int8 => new(tensor.Type, [.. tensor.Shape], Array.ConvertAll(tensor.Elements<sbyte>().ToArray(), number => (long)number)),
        ElementType.UInt8 => new(tensor.Type, [.. tensor.Shape], Array.ConvertAll(tensor.Elements<byte>().ToArray(), number => (long)number)),
        _ => throw new FlamaException(ErrorCodes.InvalidInput, $"Tensors of {ElementTypes.NameOf(tensor.Type)} are not worked on before the graph.", "Give text, whole numbers or float32."),
    };

    /// <summary>Reads a constant of a graph.</summary>
    public static HostTensor Of(GraphTensor tensor)
    {
        if (tensor.Type == OnnxElementType.String)
        {
            return Of([.. tensor.Texts], tensor.Shape);
        }

        using var copy = ModelTensor.Rent(OnnxElementTypes.ToElementType(tensor.Type) ?? throw KerasErrors.Invalid($"a constant of {tensor.Type}"), tensor.Shape);
        tensor.Data.Span.CopyTo(copy.WritableBytes);
        return Of(copy);
    }

    /// <summary>The tensor as one that the graph takes; the caller disposes it.</summary>
    public ModelTensor ToModel()
    {
        if (elements is string[] texts)
        {
            return ModelTensor.OfTexts(texts, Shape);
        }

        var made = ModelTensor.Rent(Type, Shape);
        for (var i = 0; i < Count; i++)
        {
            switch (Type)
            {
                case ElementType.Float32:
                    MemoryMarshal.Cast<byte, float>(made.WritableBytes)[i] = (float)Doubles[i];
                    break;
                case ElementType.Float64:
                    MemoryMarshal.Cast<byte, double>(made.WritableBytes)[i] = Doubles[i];
                    break;
                case ElementType.Float16:
                    MemoryMarshal.Cast<byte, Half>(made.WritableBytes)[i] = (Half)Doubles[i];
                    break;
                default:
                    BitConverter.GetBytes(((long[])elements)[i]).AsSpan(0, ElementTypes.SizeOf(Type)).CopyTo(made.WritableBytes[(i * ElementTypes.SizeOf(Type))..]);
                    break;
            }
        }

        return made;
    }

    /// <summary>The same elements in another shape.</summary>
    public HostTensor In(params long[] shape) => new(Type, Checked(shape, Count), elements);

    /// <summary>Elements by their places, in a shape.</summary>
    public HostTensor Pick(int[] places, params long[] shape) => elements switch
    {
        string[] texts => Of(Array.ConvertAll(places, place => texts[place]), shape),
        double[] real => new(Type, Checked(shape, places.Length), Array.ConvertAll(places, place => real[place])),
        _ => new(Type, Checked(shape, places.Length), Array.ConvertAll(places, place => ((long[])elements)[place])),
    };

    /// <summary>Tensors of one type behind one another, as one vector.</summary>
    public static HostTensor Join(IReadOnlyList<HostTensor> parts) => parts[0].elements switch
    {
        string[] => Of([.. parts.SelectMany(part => part.Texts)], parts.Sum(part => (long)part.Count)),
        double[] => new(parts[0].Type, [parts.Sum(part => (long)part.Count)], parts.SelectMany(part => part.Doubles).ToArray()),
        _ => new(parts[0].Type, [parts.Sum(part => (long)part.Count)], parts.SelectMany(part => part.Longs).ToArray()),
    };

    /// <summary>A dimension by its number, which may count from the end.</summary>
    public int Axis(long axis) => axis >= -Rank && axis < Rank ? (int)(axis < 0 ? axis + Rank : axis) : throw Invalid($"a tensor of {Rank} dimensions has no dimension {axis}");

    /// <summary>The number of elements of a shape.</summary>
    public static int CountOf(long[] shape)
    {
        Int128 count = 1;
        foreach (var length in shape)
        {
            count *= length >= 0 ? length : throw Invalid("a length is negative");
            if (count > MaxElements)
            {
                throw new FlamaException(ErrorCodes.InputTooLarge, $"The inputs make {count} elements, more than {MaxElements}.", "Send less at once.");
            }
        }

        return (int)count;
    }

    /// <summary>The failure of inputs that the model's operations cannot take.</summary>
    public static FlamaException Invalid(string what) => new(ErrorCodes.InvalidInput, $"The model cannot take these inputs: {what}.", "Look at the model's shapes and types in /schema/.");

    private static long[] Checked(long[] shape, int count) => CountOf(shape) == count ? shape : throw Invalid($"{count} elements are not [{string.Join(", ", shape)}]");

    private static FlamaException Wrong(string wanted) => Invalid($"elements are not {wanted}");
}
