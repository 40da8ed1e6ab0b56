namespace Flama.Onnx.Graphs;

/// <summary>How much a model file may ask for before it is refused. Immutable.</summary>
public sealed record OnnxLimits
{
    /// <summary>The defaults.</summary>
    public static OnnxLimits Default { get; } = new();

    /// <summary>The most nodes, those of functions counted as often as they are called. Default 200 000: the largest language models have a tenth.</summary>
    public int MaxNodes { get; init; } = 200_000;

    /// <summary>How deep graphs may stand in nodes of graphs. Default 32.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>The most named values, constants and attributes of one kind. Default 2 000 000.</summary>
    public int MaxItems { get; init; } = 2_000_000;

    /// <summary>The most dimensions of a tensor. Default 64.</summary>
    public int MaxRank { get; init; } = 64;
}
