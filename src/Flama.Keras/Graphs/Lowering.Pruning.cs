using Flama.Onnx.Graphs;

namespace Flama.Keras.Graphs;

/// <content>What no output needs.</content>
internal sealed partial class Lowering
{
    /// <summary>Takes out nodes, constants and inputs that no output needs: those of what is computed before the graph, of calls whose answers nobody reads.</summary>
    public void Prune()
    {
        var graph = builder.Graph;
        HashSet<string> needed = new(graph.Outputs.Select(output => output.Name), StringComparer.Ordinal);
        List<OnnxNode> kept = [];
        foreach (var node in graph.Nodes.Reverse().Where(node => node.Outputs.Any(needed.Contains)))
        {
            kept.Add(node);
            needed.UnionWith(node.Inputs);
            needed.UnionWith(NamesIn(node));
        }

        graph.Nodes.Clear();
        foreach (var node in Enumerable.Reverse(kept))
        {
            graph.Nodes.Add(node);
        }

        RemoveAll(graph.Initializers, tensor => !needed.Contains(tensor.Name));
        RemoveAll(graph.Inputs, input => !needed.Contains(input.Name));
    }

    private static void RemoveAll<T>(IList<T> list, Func<T, bool> isOut)
    {
        T[] kept = [.. list.Where(item => !isOut(item))];
        list.Clear();
        foreach (var item in kept)
        {
            list.Add(item);
        }
    }

    // What the graphs inside of a node may read.
    private static HashSet<string> NamesIn(OnnxNode node)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        Stack<OnnxGraph> left = new(node.Attributes.SelectMany(attribute => attribute.Graphs));
        while (left.TryPop(out var graph))
        {
            names.UnionWith(graph.Outputs.Select(output => output.Name));
            foreach (var inner in graph.Nodes)
            {
                names.UnionWith(inner.Inputs);
                foreach (var body in inner.Attributes.SelectMany(attribute => attribute.Graphs))
                {
                    left.Push(body);
                }
            }
        }

        return names;
    }
}
