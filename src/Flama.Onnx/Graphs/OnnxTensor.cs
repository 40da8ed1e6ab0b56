using System.Runtime.InteropServices;
using System.Text;

namespace Flama.Onnx.Graphs;

/// <summary>A constant tensor: a weight, a value of an attribute. Immutable.</summary>
/// <remarks>The elements are little-endian and row-major; of a tensor that was read they stay where the file has them.</remarks>
public sealed class OnnxTensor
{
    /// <summary>Makes a tensor.</summary>
    /// <param name="name">The name, unique in its graph; empty for the value of an attribute.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">The length of each dimension; empty for a single value.</param>
    /// <param name="data">The elements: not copied, and not to be changed.</param>
    /// <exception cref="ArgumentException">The bytes are not the elements of that shape.</exception>
    public OnnxTensor(string name, OnnxElementType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data)
        : this(name, type, shape)
    {
        if (ByteCount != data.Length)
        {
            throw new ArgumentException($"{data.Length} bytes are not the elements of {type}[{string.Join(", ", shape)}].", nameof(data));
        }

        Content = new RawContent(data);
    }

    /// <summary>Makes a tensor of text.</summary>
    /// <param name="name">The name, unique in its graph; empty for the value of an attribute.</param>
    /// <param name="shape">The length of each dimension; empty for a single value.</param>
    /// <param name="texts">The elements.</param>
    /// <exception cref="ArgumentException">The texts are not the elements of that shape.</exception>
    public OnnxTensor(string name, IReadOnlyList<long> shape, IReadOnlyList<string> texts)
        : this(name, OnnxElementType.String, shape)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (Count != texts.Count)
        {
            throw new ArgumentException($"{texts.Count} texts are not the elements of [{string.Join(", ", shape)}].", nameof(texts));
        }

        Content = new TextContent([.. texts.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))]);
    }

    internal OnnxTensor(string name, OnnxElementType type, IReadOnlyList<long> shape)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        Name = name;
        Type = type;
        Shape = shape;
        Content = new RawContent(default);
    }

    /// <summary>The name, unique in its graph.</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public OnnxElementType Type { get; }

    /// <summary>The length of each dimension; empty for a single value.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Where its elements are, when they are in another file; else null.</summary>
    public OnnxExternalData? External { get; internal init; }

    internal TensorContent Content { get; init; }

    /// <summary>The number of elements: the product of <see cref="Shape"/>; null when it is not a number of 63 bits.</summary>
    public long? Count
    {
        get
        {
            var count = (Int128)1;
            foreach (var length in Shape)
            {
                count *= length;
                if (length < 0 || count > long.MaxValue)
                {
                    return null;
                }
            }

            return (long)count;
        }
    }

    /// <summary>How many bytes the elements take; null for text and when it is not a number of 63 bits.</summary>
    public long? ByteCount => Count is { } count && OnnxElementTypes.BitsOf(Type) is > 0 and var bits && (((Int128)count * bits) + 7) / 8 is var bytes && bytes <= long.MaxValue
        ? (long)bytes
        : null;

    /// <summary>The elements, little-endian; empty for text and for what is in another file.</summary>
    /// <remarks>May decode them at each call.</remarks>
    public ReadOnlyMemory<byte> ReadBytes() => Content.ReadBytes(Type);

    /// <summary>The elements of a tensor of text; empty for others.</summary>
    public IReadOnlyList<string> ReadTexts() => Content is TextContent texts ? [.. texts.Texts.Select(text => Encoding.UTF8.GetString(text.Span))] : [];

    /// <summary>Reads a tensor that is a message of its own.</summary>
    internal static OnnxTensor Read(ReadOnlyMemory<byte> message, string name) => new OnnxProgramReader(name, OnnxLimits.Default).ReadTensor(message, message.Length);

    /// <summary>Makes a tensor of numbers.</summary>
    /// <typeparam name="T">The .NET type of the elements: double, float, Half, the integers, bool.</typeparam>
    /// <param name="name">The name, unique in its graph; empty for the value of an attribute.</param>
    /// <param name="elements">The elements, row-major; copied.</param>
    /// <param name="shape">The length of each dimension; empty for a single value.</param>
    public static OnnxTensor Of<T>(string name, ReadOnlySpan<T> elements, params IReadOnlyList<long> shape)
        where T : unmanaged
    {
        using var tensor = ModelTensor.Of(elements);
        return new(name, OnnxElementTypes.Of(tensor.Type), shape, MemoryMarshal.AsBytes(elements).ToArray());
    }
}
