using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Flama.Keras.TensorFlow.Before;

namespace Flama.Keras.TensorFlow;

/// <summary>Reads what tables hold: from the operations that fill them when a model is loaded, of constants or of files among the assets.</summary>
/// <param name="graph">The graph.</param>
/// <param name="asset">Reads a file of the assets by its name; null for none.</param>
internal sealed class GraphTables(SavedGraph graph, Func<string, ReadOnlyMemory<byte>?> asset)
{
    private const int MaxDepth = 8;
    private const int MaxScopes = 10_000;
    private const int WholeLine = -2;
    private const int LineNumber = -1;

    private readonly Dictionary<GraphNode, TableContent> known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, bool> filling = new(StringComparer.Ordinal);
    private List<(GraphNode Node, Scope Scope)>? fillings;

    /// <summary>Computes a tensor of the main graph; null for one that is no constant.</summary>
    public Func<string, HostTensor?>? Evaluate { get; set; }

    /// <summary>What a table holds.</summary>
    /// <exception cref="FlamaException">Nothing fills it when the model is loaded, or the file that does is missing.</exception>
    public TableContent Read(GraphTable table)
    {
        if (known.TryGetValue(table.Node, out var content))
        {
            return content;
        }

        fillings ??= FindFillings();
        var found = fillings.FirstOrDefault(pair => pair.Scope.Resolve(pair.Node.Inputs[0]) is { } made && ReferenceEquals(made, table.Node));
        return known[table.Node] = found.Node is null
            ? throw KerasErrors.Unsupported(table.Node.Name, "is a table that nothing fills at load")
            : found.Node.Op.StartsWith("InitializeTableFromTextFile", StringComparison.Ordinal) ? OfFile(found.Node, found.Scope, table.Node) : new(Constant(found.Node, found.Scope, 1), Constant(found.Node, found.Scope, 2));
    }

    // Operations that fill tables, in the main graph and in functions that it calls.
    private List<(GraphNode Node, Scope Scope)> FindFillings()
    {
        List<(GraphNode, Scope)> found = [];
        Queue<Scope> left = new([new Scope(graph.Nodes, new Dictionary<string, (Scope, string)>(StringComparer.Ordinal), 0)]);
        var count = 0;
        while (left.TryDequeue(out var scope))
        {
            if (++count > MaxScopes)
            {
                throw KerasErrors.TooLarge("its tables are filled by too many calls of functions");
            }

            foreach (var node in scope.Nodes.Values)
            {
                if (node.Op is "LookupTableImportV2" or "InitializeTableV2" or "InitializeTable" or "InitializeTableFromTextFileV2" or "InitializeTableFromTextFile" && node.Inputs.Count > 1)
                {
                    found.Add((node, scope));
                }
                else if (node.Op is "StatefulPartitionedCall" or "PartitionedCall" && scope.Depth < MaxDepth && graph.Functions.TryGetValue(node.Function("f"), out var function) && Fills(function, 0) && function.Arguments.Count == node.Inputs.Count)
                {
                    left.Enqueue(new Scope(function.Nodes, function.Arguments.Select((argument, i) => (argument, i)).ToDictionary(pair => pair.argument, pair => (scope, node.Inputs[pair.i]), StringComparer.Ordinal), scope.Depth + 1));
                }
            }
        }

        return found;
    }

    // Whether a function fills tables, itself or by those that it calls; each is looked at once.
    private bool Fills(GraphFunction function, int depth)
    {
        if (!filling.TryGetValue(function.Name, out var fills))
        {
            filling[function.Name] = false;
            fills = filling[function.Name] = function.Nodes.Values.Any(node =>
                node.Op.StartsWith("InitializeTable", StringComparison.Ordinal) || node.Op.StartsWith("LookupTableImport", StringComparison.Ordinal)
                || (node.Op is "StatefulPartitionedCall" or "PartitionedCall" && depth < MaxDepth && graph.Functions.TryGetValue(node.Function("f"), out var inner) && Fills(inner, depth + 1)));
        }

        return fills;
    }

    // A constant, or what is computed of constants alone.
    private HostTensor Constant(GraphNode node, Scope scope, int input)
    {
        var source = input < node.Inputs.Count ? scope.Resolve(node.Inputs[input]) : null;
        return source is { Op: "Const" } && source.Tensor("value") is { } tensor ? HostTensor.Of(tensor)
            : source is not null && ReferenceEquals(graph.Nodes.GetValueOrDefault(source.Name), source) && Evaluate?.Invoke($"{source.Name}:0") is { } computed ? computed
            : throw KerasErrors.Unsupported(node.Name, "fills a table with what is no constant");
    }

    private TableContent OfFile(GraphNode filler, Scope scope, GraphNode table)
    {
        var (owner, source) = scope.Find(filler.Inputs[1]) ?? throw KerasErrors.Unsupported(filler.Name, "fills a table of a file without a name");
        source = source.Op == "ReadVariableOp" && source.Inputs.Count > 0 ? AssignedTo(owner.Resolve(source.Inputs[0])) ?? source : source;
        var path = graph.Assets.GetValueOrDefault(source.Name) ?? (source.Tensor("value")?.Texts is [var text] ? text : "");
        var name = path[(path.LastIndexOf('/') + 1)..];
        var bytes = asset(name) ?? throw KerasErrors.Invalid($"the file 'assets/{name}' is missing");
        if (!Utf8.IsValid(bytes.Span))
        {
            throw KerasErrors.Invalid($"the file 'assets/{name}' is not UTF-8");
        }

        string[] lines = Encoding.UTF8.GetString(bytes.Span).Split('\n');
        lines = lines is [.., ""] ? lines[..^1] : lines;
        lines = [.. lines.Skip((int)Math.Clamp(filler.Integer("offset"), 0, int.MaxValue)).Select(line => line.TrimEnd('\r'))];
        var size = filler.Integer("vocab_size", -1);
        lines = size >= 0 && size < lines.Length ? lines[..(int)size] : lines;
        var delimiter = filler.Text("delimiter", "\t");
        return new(
            Column(filler.Integer("key_index"), HostShapes.TypeOf(table, "key_dtype", ElementType.String)), Column(filler.Integer("value_index"), HostShapes.TypeOf(table, "value_dtype", ElementType.Int64)));

        HostTensor Column(long index, ElementType type)
        {
            IEnumerable<string> cells = index switch
            {
                LineNumber => lines.Select((_, i) => i.ToString(CultureInfo.InvariantCulture)),
                WholeLine => lines,
                _ => lines.Select(line => line.Split(delimiter) is var parts && index >= 0 && index < parts.Length ? parts[index] : throw KerasErrors.Invalid($"a line of 'assets/{name}' has no part {index}")),
            };
            return type == ElementType.String
                ? HostTensor.Of([.. cells], lines.Length)
                : HostTensor.Of(type, [.. cells.Select(cell => long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw KerasErrors.Invalid($"a line of 'assets/{name}' is not a number"))], lines.Length);
        }
    }

    // The name of a file may be a variable, which is given it when the model is loaded.
    private GraphNode? AssignedTo(GraphNode? variable) => graph.Nodes.Values
        .Where(node => node.Op == "AssignVariableOp" && node.Inputs.Count == 2 && GraphFrame.NodeOf(node.Inputs[0]) == variable?.Name)
        .Select(node => graph.Nodes.GetValueOrDefault(GraphFrame.NodeOf(node.Inputs[1])))
        .FirstOrDefault();

    // Nodes of a graph or of a call of a function, and what its arguments are.
    private sealed record Scope(IReadOnlyDictionary<string, GraphNode> Nodes, IReadOnlyDictionary<string, (Scope From, string Tensor)> Arguments, int Depth)
    {
        public GraphNode? Resolve(string tensor) => Find(tensor)?.Node;

        public (Scope Owner, GraphNode Node)? Find(string tensor)
        {
            var scope = this;
            for (var i = 0; i < 100; i++)
            {
                var name = GraphFrame.NodeOf(tensor);
                if (scope.Arguments.TryGetValue(name, out var argument))
                {
                    (scope, tensor) = argument;
                }
                else if (!scope.Nodes.TryGetValue(name, out var node))
                {
                    return null;
                }
                else if (node.Op == "Identity" && node.Inputs.Count > 0)
                {
                    tensor = node.Inputs[0];
                }
                else
                {
                    return (scope, node);
                }
            }

            return null;
        }
    }
}
