using Flama.Onnx.Checking;
using Flama.Onnx.Graphs;

namespace Flama.Onnx.Repairs;

/// <summary>Splits into a number of parts that do not divide a length: 4 into 3 are 2, 2 and 0, which ONNX Runtime (1.31) refuses.</summary>
/// <remarks>The lengths of the parts are computed by nodes of their own: each is <c>min(c, max(0, d − i·c))</c> with <c>c</c> the length <c>d</c> divided by the number, rounded up.</remarks>
internal static class SplitRepair
{
    // Two parts always fit.
    private const int Fitting = 2;

    /// <summary>Replaces such nodes; false where there are none.</summary>
    public static bool Replace(OnnxProgram program)
    {
        var graphs = OnnxNodes.Graphs(program).Where(graph => graph.Nodes.Any(IsUneven)).ToList();
        foreach (var graph in graphs)
        {
            OnnxNode[] nodes = [.. graph.Nodes];
            graph.Nodes.Clear();
            foreach (var node in nodes)
            {
                foreach (var part in IsUneven(node) ? Parts(graph, node) : [node])
                {
                    graph.Nodes.Add(part);
                }
            }
        }

        return graphs.Count > 0;
    }

    private static bool IsUneven(OnnxNode node) =>
        node is { Domain: "", OperatorType: "Split", Inputs: [{ Length: > 0 }] or [{ Length: > 0 }, ""], Outputs.Count: > Fitting } && node.Find("num_outputs") is not null
        && node.Outputs.Any(output => output.Length > 0);

    // Names begin with that of the first part, which is made nowhere else.
    private static IEnumerable<OnnxNode> Parts(OnnxGraph graph, OnnxNode node)
    {
        var name = node.Outputs.First(output => output.Length > 0) + "/split/";
        long count = node.Outputs.Count;
        var axis = node.Find("axis")?.ReadInteger() ?? 0;
        foreach (var (constant, values) in (IEnumerable<(string, long[])>)[("zero", [0]), ("less", [count - 1]), ("count", [count]), ("parts", [.. Enumerable.Range(0, (int)count)])])
        {
            graph.Initializers.Add(OnnxTensor.Of<long>(name + constant, values, values.Length));
        }

        OnnxAttribute[] ends = axis == -1 ? [] : [OnnxAttribute.Of("end", axis + 1)];
        return
        [
            new("Shape", [node.Inputs[0]], [name + "length"], [OnnxAttribute.Of("start", axis), .. ends]),
            new("Add", [name + "length", name + "less"], [name + "sum"]),
            new("Div", [name + "sum", name + "count"], [name + "part"]),
            new("Mul", [name + "parts", name + "part"], [name + "begins"]),
            new("Sub", [name + "length", name + "begins"], [name + "rest"]),
            new("Max", [name + "rest", name + "zero"], [name + "left"]),
            new("Min", [name + "left", name + "part"], [name + "lengths"]),
            node with { Inputs = [node.Inputs[0], name + "lengths"], Attributes = [.. node.Attributes.Where(attribute => attribute.Name != "num_outputs")] },
        ];
    }
}
