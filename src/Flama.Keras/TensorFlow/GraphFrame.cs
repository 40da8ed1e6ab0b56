using System.Globalization;

namespace Flama.Keras.TensorFlow;

/// <summary>Nodes with what they have made so far: the main graph, or a call of a function.</summary>
/// <param name="Nodes">The nodes by name.</param>
/// <param name="Made">What each has made.</param>
internal sealed record GraphFrame(IReadOnlyDictionary<string, GraphNode> Nodes, Dictionary<string, object?[]> Made)
{
    private const int MaxLoops = 1000;

    private readonly Dictionary<string, FrameLoop> loops = new(StringComparer.Ordinal);

    /// <summary>The loop that a node leaves.</summary>
    public FrameLoop LoopOf(GraphNode exit) => loops.TryGetValue(exit.Name, out var known) ? known
        : loops[exit.Name] = loops.Count < MaxLoops ? FrameLoop.Of(this, exit) : throw KerasErrors.TooLarge($"its graph has more than {MaxLoops} loops");

    /// <summary>The node of a reference.</summary>
    public static string NodeOf(string reference) => reference.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? reference[..colon] : reference;

    /// <summary>What a reference stands for: <c>node</c>, <c>node:1</c>, <c>node:out:1</c>.</summary>
    public object? Find(string reference)
    {
        var made = Made[NodeOf(reference)];
        var parts = reference.Split(':');
        var index = parts.Length > 1 && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (parts.Length == 3 && Nodes.TryGetValue(parts[0], out var node))
        {
            index += GraphOutputs.StartOf(node, parts[1]);
        }

        return index < made.Length ? made[index] : throw KerasErrors.Invalid($"there is no '{reference}'");
    }
}
