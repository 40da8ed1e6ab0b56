using System.Globalization;

namespace Flama.Onnx.Graphs;

/// <summary>Makes a graph node by node; values get names of their own. Not thread-safe.</summary>
/// <remarks>
/// <code>
/// var graph = new OnnxGraphBuilder();
/// var x = graph.Input("x", OnnxElementType.Float32, new(null, "N"), 4);
/// var w = graph.Constant&lt;float&gt;(weights, 4, 3);
/// graph.Output("y", graph.Add("Softmax", [graph.Add("MatMul", [x, w])], OnnxAttribute.Of("axis", -1)), OnnxElementType.Float32, new(null, "N"), 3);
/// byte[] file = graph.ToProgram(17).ToBytes();
/// </code>
/// </remarks>
public sealed class OnnxGraphBuilder
{
    private readonly HashSet<string> taken;
    private readonly Dictionary<string, int> counts;

    /// <summary>Begins a graph.</summary>
    public OnnxGraphBuilder()
        : this(new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal))
    {
    }

    private OnnxGraphBuilder(HashSet<string> taken, Dictionary<string, int> counts)
    {
        this.taken = taken;
        this.counts = counts;
    }

    /// <summary>The graph as far as it is made.</summary>
    public OnnxGraph Graph { get; } = new();

    /// <summary>Begins a graph for an attribute of a node of this one: it may read this one's values, and its own have other names.</summary>
    public OnnxGraphBuilder Inner() => new(taken, counts);

    /// <summary>A name that no value has yet.</summary>
    /// <param name="wish">What it begins with.</param>
    public string NewName(string wish)
    {
        ArgumentException.ThrowIfNullOrEmpty(wish);
        var name = wish;
        var count = counts.GetValueOrDefault(wish);
        while (!taken.Add(name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{wish}_{++count}");
        }

        counts[wish] = count;
        return name;
    }

    /// <summary>Adds a tensor that a call gives.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="ArgumentException">There is a value of that name.</exception>
    public string Input(string name, OnnxElementType type, params IReadOnlyList<Dimension>? shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!taken.Add(name))
        {
            throw new ArgumentException($"There is a value '{name}' already.", nameof(name));
        }

        Graph.Inputs.Add(OnnxValue.OfTensor(name, type, shape));
        return name;
    }

    /// <summary>Adds a constant of numbers.</summary>
    /// <param name="elements">The elements, row-major; copied.</param>
    /// <param name="shape">The length of each dimension; none for a single value.</param>
    /// <returns>Its name.</returns>
    public string Constant<T>(ReadOnlySpan<T> elements, params IReadOnlyList<long> shape)
        where T : unmanaged => Constant(OnnxTensor.Of(NewName("constant"), elements, shape));

    /// <summary>Adds a constant.</summary>
    /// <param name="tensor">The constant, with a name from <see cref="NewName"/>.</param>
    /// <returns>Its name.</returns>
    public string Constant(OnnxTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        taken.Add(tensor.Name);
        Graph.Initializers.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Adds a node that makes one value.</summary>
    /// <param name="operatorType">The operator; one of another set has its domain in front: <c>com.microsoft.Gelu</c>.</param>
    /// <param name="inputs">The names of the values that it reads; empty for an optional one that is left out.</param>
    /// <param name="attributes">Its constants.</param>
    /// <returns>The name of what it makes.</returns>
    public string Add(string operatorType, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes) =>
        Add(operatorType, 1, inputs, attributes)[0];

    /// <summary>Adds a node that makes several values.</summary>
    /// <inheritdoc cref="Add(string, IReadOnlyList{string}, IReadOnlyList{OnnxAttribute})"/>
    /// <param name="operatorType">The operator; one of another set has its domain in front: <c>com.microsoft.Gelu</c>.</param>
    /// <param name="outputs">How many values it makes.</param>
    /// <param name="inputs">The names of the values that it reads; empty for an optional one that is left out.</param>
    /// <param name="attributes">Its constants.</param>
    public IReadOnlyList<string> Add(string operatorType, int outputs, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes)
    {
        ArgumentException.ThrowIfNullOrEmpty(operatorType);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        var dot = operatorType.LastIndexOf('.');
        var (domain, name) = dot < 0 ? ("", operatorType) : (operatorType[..dot], operatorType[(dot + 1)..]);
        string[] made = [.. Enumerable.Range(0, outputs).Select(_ => NewName(name))];
        Graph.Nodes.Add(new OnnxNode(name, inputs, made, attributes) { Domain = domain });
        return made;
    }

    /// <summary>Gives a value to the caller under a name.</summary>
    /// <param name="name">The output's name.</param>
    /// <param name="value">The name of the value.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">Its dimensions; null when their number is not known.</param>
    public void Output(string name, string value, OnnxElementType type, params IReadOnlyList<Dimension>? shape)
    {
        if (!string.Equals(name, value, StringComparison.Ordinal))
        {
            Graph.Nodes.Add(new OnnxNode("Identity", [value], [name]));
            taken.Add(name);
        }

        Graph.Outputs.Add(OnnxValue.OfTensor(name, type, shape));
    }

    /// <summary>The graph as a model.</summary>
    /// <param name="opset">The version of ONNX's operators that it is written in.</param>
    public OnnxProgram ToProgram(long opset)
    {
        OnnxProgram program = new() { Graph = Graph };
        program.Opsets[""] = opset;
        foreach (var node in Graph.Nodes.Where(node => node.Domain.Length > 0))
        {
            program.Opsets[node.Domain] = 1;
        }

        return program;
    }
}
