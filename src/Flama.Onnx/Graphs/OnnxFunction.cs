namespace Flama.Onnx.Graphs;

/// <summary>An operator that is defined by nodes: a node of its name stands for them.</summary>
/// <param name="Domain">The set of operators that it is in; not empty.</param>
/// <param name="Name">Its name.</param>
/// <param name="Inputs">The names of what it reads.</param>
/// <param name="Outputs">The names of what it makes.</param>
/// <param name="Nodes">The steps, each after those whose values it reads.</param>
public sealed record OnnxFunction(string Domain, string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxNode> Nodes)
{
    /// <summary>The names of attributes that a calling node gives.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Attributes with the values that they have where a calling node does not give them.</summary>
    public IReadOnlyList<OnnxAttribute> Defaults { get; init; } = [];

    /// <summary>The versions of the sets of operators that its nodes are of, by domain.</summary>
    public IReadOnlyDictionary<string, long> Opsets { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Which of several functions of the same name it is; mostly empty.</summary>
    public string Overload { get; init; } = "";
}
