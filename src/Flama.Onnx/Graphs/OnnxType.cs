namespace Flama.Onnx.Graphs;

/// <summary>What a value of a graph is: a tensor, a sequence, a map, an optional value. Immutable.</summary>
public abstract record OnnxType
{
    private protected OnnxType()
    {
    }

    /// <summary>A tensor.</summary>
    /// <param name="Element">The type of its elements.</param>
    /// <param name="Shape">Its dimensions; empty for a single value, null when their number is not known.</param>
    public sealed record Tensor(OnnxElementType Element, IReadOnlyList<Dimension>? Shape) : OnnxType
    {
        /// <summary>Whether the tensor is sparse.</summary>
        public bool IsSparse { get; init; }
    }

    /// <summary>Values of one type in order.</summary>
    /// <param name="Item">What each of them is.</param>
    public sealed record Sequence(OnnxType Item) : OnnxType;

    /// <summary>Values by key.</summary>
    /// <param name="Key">The type of the keys: text or whole numbers.</param>
    /// <param name="Value">What each value is.</param>
    public sealed record Map(OnnxElementType Key, OnnxType Value) : OnnxType;

    /// <summary>A value that may be missing.</summary>
    /// <param name="Item">What it is where it is there.</param>
    public sealed record Optional(OnnxType Item) : OnnxType;
}
