namespace Flama.Onnx.Graphs;

/// <summary>One step of a graph: an operator, what it reads and what it makes.</summary>
/// <param name="OperatorType">The operator's name, for example <c>MatMul</c>.</param>
/// <param name="Inputs">The names of the values that it reads; empty for an optional one that is left out.</param>
/// <param name="Outputs">The names of the values that it makes; empty for one that nobody needs.</param>
/// <param name="Attributes">Its constants.</param>
public sealed record OnnxNode(string OperatorType, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, params IReadOnlyList<OnnxAttribute> Attributes)
{
    /// <summary>The set of operators that the name is of; empty for ONNX's own.</summary>
    public string Domain { get; init; } = "";

    /// <summary>A name for people; often empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Which of several functions of the same name is meant; mostly empty.</summary>
    public string Overload { get; init; } = "";

    /// <summary>The operator with its domain, as messages have it: <c>ai.onnx.ml.Scaler</c>.</summary>
    public string FullName => Domain.Length == 0 ? OperatorType : $"{Domain}.{OperatorType}";

    /// <summary>Finds an attribute; null when the node does not have it.</summary>
    public OnnxAttribute? Find(string name)
    {
        foreach (var attribute in Attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal))
            {
                return attribute;
            }
        }

        return null;
    }
}
