using Flama.Onnx.Graphs;

namespace Flama.Onnx.Checking;

/// <summary>Checks a graph before the runtime sees it: that it has an end, that every value is made, once, and that nothing in it grows without bound.</summary>
/// <remarks>What an operator's inputs and attributes have to be is for the runtime to check. One file, once.</remarks>
internal sealed class GraphCheck
{
    private readonly string name;

    private GraphCheck(string name) => this.name = name;

    /// <summary>Checks a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="name">What messages call its file.</param>
    /// <param name="limits">How much it may ask for.</param>
    /// <returns>The graph.</returns>
    /// <exception cref="FlamaException">It is not sound (<see cref="ErrorCodes.InvalidModel"/>), or over a limit (<see cref="ErrorCodes.LimitExceeded"/>).</exception>
    public static OnnxGraph Check(OnnxProgram program, string name, OnnxLimits limits)
    {
        var graph = program.Graph ?? throw Invalid(name, "it has no graph");
        if (program.Opsets.Count == 0)
        {
            throw Invalid(name, "it does not tell the version of its operators (opset_import)");
        }

        FunctionCheck.Check(program, name, limits);
        new GraphCheck(name).CheckScope(graph, null);
        LoopCheck.Check(program, name);
        return graph;
    }

    internal static FlamaException Invalid(string name, string why) =>
        new(ErrorCodes.InvalidModel, $"'{name}' is not a sound ONNX model: {why}.", "Export the model again.");

    // Graphs in graphs are not deeper than the reader lets them be.
    private HashSet<string> CheckScope(OnnxGraph graph, Scope? outer)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        foreach (var value in graph.Inputs.Select(input => input.Name).Concat(graph.Initializers.Select(tensor => tensor.Name)).Concat(graph.SparseInitializers))
        {
            given.Add(value);
        }

        var makers = MakersOf(graph, given);
        var scope = new Scope(given, makers, outer);
        HashSet<string> free = new(StringComparer.Ordinal);
        var waits = new int[graph.Nodes.Count];
        var next = new List<int>[graph.Nodes.Count];
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (var input in InputsOf(graph.Nodes[i], scope))
            {
                if (makers.TryGetValue(input, out var maker))
                {
                    (next[maker] ??= []).Add(i);
                    waits[i]++;
                }
                else if (!given.Contains(input))
                {
                    _ = outer?.Has(input) == true ? free.Add(input) : throw Invalid(name, $"'{SafeText.OneLine(input, 100)}', which {graph.Nodes[i].FullName} reads, is made nowhere");
                }
            }
        }

        CheckOrder(graph, waits, next);
        foreach (var output in graph.Outputs)
        {
            if (!given.Contains(output.Name) && !makers.ContainsKey(output.Name))
            {
                _ = outer?.Has(output.Name) == true ? free.Add(output.Name) : throw Invalid(name, $"its output '{SafeText.OneLine(output.Name, 100)}' is made nowhere");
            }
        }

        return free;
    }

    private Dictionary<string, int> MakersOf(OnnxGraph graph, HashSet<string> given)
    {
        Dictionary<string, int> makers = new(StringComparer.Ordinal);
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (var output in graph.Nodes[i].Outputs)
            {
                if (output.Length > 0 && (given.Contains(output) || !makers.TryAdd(output, i)))
                {
                    throw Invalid(name, $"'{SafeText.OneLine(output, 100)}' is made twice");
                }
            }
        }

        return makers;
    }

    // What a node reads, with what the graphs in it read from around them.
    private IEnumerable<string> InputsOf(OnnxNode node, Scope scope)
    {
        IEnumerable<string> inputs = node.Inputs.Where(input => input.Length > 0);
        foreach (var attribute in node.Attributes)
        {
            foreach (var inner in attribute.Graphs)
            {
                inputs = inputs.Concat(CheckScope(inner, scope));
            }
        }

        return inputs;
    }

    private void CheckOrder(OnnxGraph graph, int[] waits, List<int>?[] next)
    {
        Queue<int> ready = new(Enumerable.Range(0, waits.Length).Where(i => waits[i] == 0));
        var done = 0;
        while (ready.TryDequeue(out var node))
        {
            done++;
            foreach (var after in next[node] ?? [])
            {
                if (--waits[after] == 0)
                {
                    ready.Enqueue(after);
                }
            }
        }

        if (done < waits.Length)
        {
            var node = graph.Nodes[Array.FindIndex(waits, wait => wait > 0)];
            throw Invalid(name, $"{node.FullName} needs its own result: the graph has a cycle");
        }
    }

    private sealed record Scope(HashSet<string> Given, Dictionary<string, int> Made, Scope? Outer)
    {
        public bool Has(string value)
        {
            for (var scope = this; scope is not null; scope = scope.Outer)
            {
                if (scope.Given.Contains(value) || scope.Made.ContainsKey(value))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
