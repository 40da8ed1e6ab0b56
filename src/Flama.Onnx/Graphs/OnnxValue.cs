namespace Flama.Onnx.Graphs;

/// <summary>A named value of a graph: an input, an output, or one between nodes. Immutable.</summary>
/// <param name="Name">The name, unique in the graph.</param>
/// <param name="Type">What it is; null when it is not told.</param>
public sealed record OnnxValue(string Name, OnnxType? Type)
{
    /// <summary>A tensor.</summary>
    /// <param name="name">The name, unique in the graph.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">Its dimensions; null when their number is not known.</param>
    public static OnnxValue OfTensor(string name, OnnxElementType type, params IReadOnlyList<Dimension>? shape) => new(name, new OnnxType.Tensor(type, shape));
}
