using Flama.Onnx.Graphs;

namespace Flama.Torch.Lowering;

/// <summary>A graph that nodes are added to: the whole, a branch, the body of a loop.</summary>
/// <param name="graph">The graph.</param>
/// <param name="outer">The one that it is in; null for the whole.</param>
internal sealed class Scope(OnnxGraphBuilder graph, Scope? outer)
{
    private readonly Dictionary<string, string> made = new(StringComparer.Ordinal);

    public OnnxGraphBuilder Graph { get; } = graph;

    public Scope? Outer { get; } = outer;

    /// <summary>Finds a value that was made here or outside.</summary>
    public string? Find(string key)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.made.TryGetValue(key, out var name))
            {
                return name;
            }
        }

        return null;
    }

    public string Keep(string key, string name) => made[key] = name;
}
