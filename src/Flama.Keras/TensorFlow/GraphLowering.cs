using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.TensorFlow;

/// <summary>Writes the part of a graph of TensorFlow that a signature needs in ONNX's operators: calls are replaced by what they stand for, variables by their values.</summary>
internal sealed partial class GraphLowering
{
    private const int MaxDepth = 64;
    private const int MaxSteps = 400_000;

    // Shapes, axes and sizes are no longer than this.
    private const int MostTold = 64;

    private readonly SavedGraph graph;
    private readonly Func<string, GraphTensor> variable;
    private readonly Dictionary<string, Value> variables = new(StringComparer.Ordinal);
    private readonly Dictionary<GraphNode, Value> constants = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, long?[]> numbers = new(StringComparer.Ordinal);
    private int steps;

    public GraphLowering(SavedGraph graph, Lowering g, Func<string, GraphTensor> variable, GraphTables tables)
    {
        this.graph = graph;
        this.variable = variable;
        Tables = tables;
        tables.Evaluate = tensor => ConstantOf(Main([tensor], new Dictionary<string, Value>(StringComparer.Ordinal))[0]);
        G = g;
    }

    /// <summary>The tables of the graph.</summary>
    public GraphTables Tables { get; }

    /// <summary>The graph that is written; that of a loop's body while that is written.</summary>
    public Lowering G { get; private set; }

    /// <summary>Writes what a tensor of the main graph is.</summary>
    /// <param name="tensors">The tensors, as <c>node:0</c>.</param>
    /// <param name="given">What is given instead of nodes.</param>
    public IReadOnlyList<Value> Main(IReadOnlyList<string> tensors, IReadOnlyDictionary<string, Value> given)
    {
        GraphFrame frame = new(graph.Nodes, given.ToDictionary(pair => pair.Key, pair => (object?[])[pair.Value], StringComparer.Ordinal));
        return [.. tensors.Select(tensor => Run(frame, tensor, 0) as Value ?? throw KerasErrors.Invalid($"'{tensor}' is no tensor"))];
    }

    /// <summary>Calls a function.</summary>
    public object?[] Call(string name, IReadOnlyList<object?> arguments, int depth)
    {
        if (!graph.Functions.TryGetValue(name, out var function) || depth > MaxDepth || function.Arguments.Count != arguments.Count)
        {
            throw depth > MaxDepth ? KerasErrors.TooLarge($"calls of functions are more than {MaxDepth} deep") : KerasErrors.Invalid($"the function '{name}' is missing or takes something else");
        }

        GraphFrame frame = new(function.Nodes, function.Arguments.Select((argument, i) => (argument, arguments[i])).ToDictionary(pair => pair.argument, pair => (object?[])[pair.Item2], StringComparer.Ordinal));
        return [.. function.Outputs.Select(output => function.Results.TryGetValue(output, out var from) ? Run(frame, from, depth) : throw KerasErrors.Invalid($"the function '{name}' has no '{output}'"))];
    }

    /// <summary>A function by its name.</summary>
    public GraphFunction FunctionOf(string name) => graph.Functions.GetValueOrDefault(name) ?? throw KerasErrors.Invalid($"the function '{name}' is missing");

    /// <summary>Writes into another graph: the body of a loop.</summary>
    public T Inside<T>(Lowering inner, Func<T> write)
    {
        var outer = G;
        G = inner;
        try
        {
            return write();
        }
        finally
        {
            G = outer;
        }
    }

    /// <summary>The value of a variable.</summary>
    public Value VariableOf(GraphHandle handle)
    {
        if (!variables.TryGetValue(handle.Name, out var value))
        {
            var tensor = variable(handle.Name);
            value = variables[handle.Name] = Constant(tensor);
        }

        return value;
    }

    /// <summary>A constant of the graph; the same one for each call of its function.</summary>
    public Value Constant(GraphNode node)
    {
        if (constants.TryGetValue(node, out var made))
        {
            return made;
        }

        return constants[node] = Constant(node.Tensor("value") ?? throw KerasErrors.Invalid($"'{node.Name}' has no value"));
    }

    /// <summary>A constant.</summary>
    public Value Constant(GraphTensor tensor)
    {
        var value = tensor.Type == OnnxElementType.String ? G.Texts(tensor.Texts, tensor.Shape) : G.Constant(tensor.Type, tensor.Data, tensor.Shape);
        if (tensor.Numbers() is { } known)
        {
            numbers[value.Name] = known;
        }

        tensors[value.Name] = tensor;
        return value;
    }

    /// <summary>What is known of whole numbers: null where nothing is, or where one is not.</summary>
    public long?[]? NumbersOf(Value value) => numbers.GetValueOrDefault(value.Name);

    /// <summary>Whole numbers that must be known: axes, lengths.</summary>
    public long[] Known(object? value, string what) =>
        value is Value tensor && NumbersOf(tensor) is { } known && Array.TrueForAll(known, number => number is not null) ? [.. known.Select(number => number!.Value)] : throw KerasErrors.Unsupported(what, "depends on numbers that are known only at a request");

    /// <summary>Tells what is known of whole numbers.</summary>
    public Value Tell(Value value, long?[]? known)
    {
        if (known is not null && known.Length <= MostTold)
        {
            numbers[value.Name] = known;
        }

        return value;
    }

    // From a tensor backwards, without recursion but for calls.
    /// <summary>Writes what a tensor of a frame is.</summary>
    public object? Run(GraphFrame frame, string wanted, int depth)
    {
        Stack<string> left = new([GraphFrame.NodeOf(wanted)]);
        HashSet<string> waiting = new(StringComparer.Ordinal);
        while (left.TryPeek(out var name))
        {
            if (frame.Made.ContainsKey(name))
            {
                left.Pop();
                continue;
            }

            if (!frame.Nodes.TryGetValue(name, out var node))
            {
                throw KerasErrors.Invalid($"there is no node '{name}'");
            }

            var loop = node.Op == "Exit" ? frame.LoopOf(node) : null;
            var missing = (loop?.Outside ?? node.Inputs).Select(GraphFrame.NodeOf).Where(input => !frame.Made.ContainsKey(input)).ToList();
            if (missing.Count == 0)
            {
                left.Pop();
                if (++steps > MaxSteps)
                {
                    throw KerasErrors.TooLarge($"its graph has more than {MaxSteps} nodes with its calls");
                }

                if (loop is not null)
                {
                    loop.Lower(this, depth);
                    continue;
                }

                var inputs = node.Inputs.Select(input => frame.Find(input)).ToArray();
                var lower = GraphOperations.Find(node.Op) ?? throw KerasErrors.Unsupported(node.Name, $"is the operation {node.Op} of TensorFlow");
                var made = frame.Made[name] = lower(new GraphCall(this, node, inputs, depth));
                Note(node, inputs, made);
            }
            else if (!waiting.Add(name))
            {
                throw KerasErrors.Unsupported(name, "is part of a loop that no operation leaves");
            }
            else
            {
                missing.ForEach(left.Push);
            }
        }

        return frame.Find(wanted);
    }
}
