namespace Flama.Onnx.Graphs;

/// <summary>A graph: inputs, constants, steps in order, outputs. Lists are filled by who makes it.</summary>
/// <remarks>Not thread-safe while it is filled.</remarks>
public sealed class OnnxGraph
{
    /// <summary>A name for people.</summary>
    public string Name { get; set; } = "graph";

    /// <summary>The values that a call gives; before version 4 of the format the constants are among them.</summary>
    public IList<OnnxValue> Inputs { get; } = [];

    /// <summary>The values that a call takes.</summary>
    public IList<OnnxValue> Outputs { get; } = [];

    /// <summary>What is told of values between; may be empty.</summary>
    public IList<OnnxValue> Values { get; } = [];

    /// <summary>The constants by name.</summary>
    public IList<OnnxTensor> Initializers { get; } = [];

    /// <summary>The names of constants that are sparse.</summary>
    public IList<string> SparseInitializers { get; } = [];

    /// <summary>The steps, each after those whose values it reads.</summary>
    public IList<OnnxNode> Nodes { get; } = [];

    internal IList<ReadOnlyMemory<byte>> EncodedSparse { get; } = [];
}
