using Flama.Keras.Graphs;
using Flama.Keras.TensorFlow.Before;
using Flama.Onnx.Graphs;

namespace Flama.Keras.TensorFlow;

/// <summary>A node that is written, with what it reads.</summary>
/// <param name="Lowering">The graph's lowering.</param>
/// <param name="Node">The node.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="Depth">How deep it stands in calls.</param>
internal sealed record GraphCall(GraphLowering Lowering, GraphNode Node, object?[] Inputs, int Depth)
{
    public Lowering G => Lowering.G;

    /// <summary>One tensor that it reads.</summary>
    public Value this[int index] => index < Inputs.Length && Inputs[index] is Value value ? value : throw KerasErrors.Unsupported(Node.Name, $"({Node.Op}) reads something that is no tensor");

    /// <summary>Whole numbers that it reads and that must be known.</summary>
    public long[] Known(int index) => index < Inputs.Length ? Lowering.Known(Inputs[index], Node.Name) : throw KerasErrors.Invalid($"'{Node.Name}' reads too little");

    /// <summary>Computes it before the graph.</summary>
    /// <param name="outputs">The types and shapes of what it makes.</param>
    public object?[] Before(params IReadOnlyList<(OnnxElementType Type, long[] Shape)> outputs) =>
        [.. Lowering.Before(Node, [.. Inputs.Select((_, i) => this[i])], HostFunctions.Find(Node.Op)!, outputs)];

    /// <summary>What is known of whole numbers that it reads.</summary>
    public long?[]? Numbers(int index) => Lowering.NumbersOf(this[index]);
}
