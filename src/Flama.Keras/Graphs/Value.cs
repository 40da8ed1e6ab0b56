using System.Globalization;
using Flama.Keras.Text;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Graphs;

/// <summary>A tensor of the graph that is being made. Immutable.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">The length of each dimension; -1 where it is not known before a request.</param>
internal sealed record Value(string Name, OnnxElementType Type, long[] Shape)
{
    /// <summary>Which steps of a sequence count; null where all do.</summary>
    public Value? Mask { get; init; }

    /// <summary>The type that the model declares, where computing is in a wider one (float16 is computed in float32); null for the same.</summary>
    public OnnxElementType? Declared { get; init; }

    /// <summary>What it is before the graph, where text is worked on: an input, or what was made of inputs. Null for what the graph makes.</summary>
    public HostValue? Host { get; init; }

    /// <summary>The number of dimensions.</summary>
    public int Rank => Shape.Length;

    /// <summary>Whether elements are floating-point numbers.</summary>
    public bool IsFloat => Type is OnnxElementType.Float32 or OnnxElementType.Float64 or OnnxElementType.Float16 or OnnxElementType.BFloat16;

    /// <summary>A dimension by its number, which may count from the end.</summary>
    /// <exception cref="FlamaException">There is no such dimension.</exception>
    public int Axis(long axis) => axis < Rank && axis >= -Rank ? (int)(axis < 0 ? axis + Rank : axis) : throw KerasErrors.Invalid(string.Create(CultureInfo.InvariantCulture, $"a tensor of {Rank} dimensions has no dimension {axis}"));

    /// <summary>The last dimension.</summary>
    public long Last => Shape[Axis(-1)];

    /// <inheritdoc/>
    public override string ToString() => $"{Type}[{string.Join(", ", Shape.Select(length => length < 0 ? "?" : length.ToString(CultureInfo.InvariantCulture)))}]";
}
