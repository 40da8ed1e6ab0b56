using Flama.Onnx.Graphs;

namespace Flama.Onnx.Checking;

/// <summary>The nodes of a graph with those of the graphs in them.</summary>
internal static class OnnxNodes
{
    /// <summary>All nodes of a graph, of the graphs in its nodes, and so on.</summary>
    public static IEnumerable<OnnxNode> All(IEnumerable<OnnxNode> nodes)
    {
        Stack<OnnxNode> rest = new(nodes);
        while (rest.TryPop(out var node))
        {
            yield return node;
            foreach (var graph in node.Attributes.SelectMany(attribute => attribute.Graphs))
            {
                foreach (var inner in graph.Nodes)
                {
                    rest.Push(inner);
                }
            }
        }
    }

    /// <summary>All nodes of a program, of its functions too.</summary>
    public static IEnumerable<OnnxNode> All(OnnxProgram program) =>
        All(program.Graph!.Nodes.Concat(program.Functions.SelectMany(function => function.Nodes)));

    /// <summary>All graphs of a program: its own, and those in nodes.</summary>
    public static IEnumerable<OnnxGraph> Graphs(OnnxProgram program) =>
        All(program).SelectMany(node => node.Attributes).SelectMany(attribute => attribute.Graphs).Prepend(program.Graph!);
}
