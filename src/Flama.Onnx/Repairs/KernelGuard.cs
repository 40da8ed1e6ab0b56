using Flama.Onnx.Checking;
using Flama.Onnx.Graphs;

namespace Flama.Onnx.Repairs;

/// <summary>Nodes in front of those kernels of ONNX Runtime (1.31) that end the process where a length is 0 or a dimension is missing: such a call is refused instead.</summary>
/// <remarks>
/// <para>Which ones these are was found by giving every operator of ONNX's test data tensors without elements and of other numbers of dimensions.</para>
/// <para>
/// A guarded value goes through <c>Reshape</c> to its own shape, which is not copied. On the way a length of 0 becomes −2, which <c>Reshape</c> refuses, and <c>Gather</c> refuses to find
/// a dimension that is not there.
/// </para>
/// </remarks>
internal sealed class KernelGuard
{
    private const string Prefix = "flama/guard/";

    // ONNX Runtime has no arithmetic of older ones.
    private const long FirstOpset = 7;

    private readonly OnnxProgram program;
    private readonly bool hasOpenRanks;
    private int count;

    private KernelGuard(OnnxProgram program)
    {
        this.program = program;
        hasOpenRanks = program.Graph!.Inputs.Any(input => input.Type is OnnxType.Tensor { Shape: null });
    }

    /// <summary>Puts guards into a program; false where it needs none.</summary>
    public static bool Add(OnnxProgram program) =>
        (!program.Opsets.TryGetValue("", out var opset) || opset >= FirstOpset) && new KernelGuard(program).Add();

    /// <summary>What the failure of a guard means; null for other failures.</summary>
    public static string? Explain(string failure)
    {
        var start = failure.IndexOf(Prefix, StringComparison.Ordinal);
        return start < 0 || failure[(start + Prefix.Length)..].Split('/') is not [var kind, var type, ..] || GuardedInput.Of(type).Count == 0
            ? null
            : kind == "length" ? $"{type} takes nothing with a length of 0" : $"{type} takes more dimensions";
    }

    private bool Add()
    {
        foreach (var graph in OnnxNodes.Graphs(program).ToList())
        {
            var fixedValues = ConstantsOf(graph);
            OnnxNode[] nodes = [.. graph.Nodes];
            graph.Nodes.Clear();
            Guard(nodes, fixedValues, graph.Nodes.Add);
        }

        for (var i = 0; i < program.Functions.Count; i++)
        {
            List<OnnxNode> guarded = [];
            Guard(program.Functions[i].Nodes, [], guarded.Add);
            program.Functions[i] = program.Functions[i] with { Nodes = guarded };
        }

        if (count > 0)
        {
            program.Opsets.TryAdd("", 13);
        }

        return count > 0;
    }

    private void Guard(IEnumerable<OnnxNode> nodes, HashSet<string> fixedValues, Action<OnnxNode> add)
    {
        foreach (var node in nodes)
        {
            var guarded = node;
            foreach (var input in GuardedInput.Of(node))
            {
                for (var i = input.First; i <= input.Last && i < node.Inputs.Count; i++)
                {
                    var rank = hasOpenRanks || input.IsAlways ? input.RankIn(node, i) : 0;
                    if (node.Inputs[i].Length > 0 && !fixedValues.Contains(node.Inputs[i]) && (rank > 0 || input.HasLengths))
                    {
                        guarded = guarded with { Inputs = [.. guarded.Inputs.Take(i), Put(node.Inputs[i], node.OperatorType, rank, input.HasLengths, add), .. guarded.Inputs.Skip(i + 1)] };
                    }
                }
            }

            if (node is { OperatorType: "Loop", Domain: "" } && node.Find("body")?.Graphs is [{ Outputs.Count: > 0, Inputs.Count: > 1 } body])
            {
                GuardCondition(body);
            }

            add(guarded);
        }
    }

    // Whether a loop goes on is read from one element, at the end of each round.
    private void GuardCondition(OnnxGraph body)
    {
        var condition = body.Outputs[0];
        if (ConstantsOf(body).Contains(condition.Name) || condition.Name == body.Inputs[1].Name
            || body.Nodes.Any(node => node is { OperatorType: "Identity", Inputs: [var from], Outputs: [var to] } && from == body.Inputs[1].Name && to == condition.Name))
        {
            return;
        }

        body.Outputs[0] = condition with { Name = Put(condition.Name, "Loop", 0, hasLengths: true, body.Nodes.Add) };
    }

    private string Put(string value, string type, int rank, bool hasLengths, Action<OnnxNode> add)
    {
        var name = $"{Prefix}{count++}/";
        var step = 0;
        var shape = Node("Shape", [value]);
        if (rank > 0)
        {
            var last = Node("Gather", [shape, Constant(rank - 1)], "rank");
            shape = Node("Add", [shape, Node("Sub", [last, last])]);
        }

        if (hasLengths)
        {
            var isZero = Node("Cast", [Node("Equal", [shape, Constant(0)])], attributes: OnnxAttribute.Of("to", (long)OnnxElementType.Int64));
            shape = Node("Sub", [Node("Sub", [shape, isZero]), isZero]);
        }

        return Node("Reshape", [value, shape], "length");

        string Constant(long number) => Node("Constant", [], attributes: OnnxAttribute.Of("value", OnnxTensor.Of<long>("", [number], 1)));

        string Node(string operatorType, string[] inputs, string? kind = null, params OnnxAttribute[] attributes)
        {
            var made = $"{name}{step++}";
            add(new OnnxNode(operatorType, inputs, [made], attributes) { Name = kind is null ? "" : $"{Prefix}{kind}/{type}/{made}" });
            return made;
        }
    }

    private static HashSet<string> ConstantsOf(OnnxGraph graph)
    {
        HashSet<string> constants = new(StringComparer.Ordinal);
        foreach (var tensor in graph.Initializers.Where(tensor => tensor.Count > 0))
        {
            constants.Add(tensor.Name);
        }

        foreach (var node in graph.Nodes.Where(node => node is { OperatorType: "Constant", Domain: "", Outputs: [_] } && node.Find("value")?.Tensors is [{ Count: > 0 }]))
        {
            constants.Add(node.Outputs[0]);
        }

        foreach (var input in graph.Inputs)
        {
            constants.Remove(input.Name);
        }

        return constants;
    }
}
