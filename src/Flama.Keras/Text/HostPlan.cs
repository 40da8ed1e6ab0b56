namespace Flama.Keras.Text;

/// <summary>What is made of a model's inputs before its graph runs: what ONNX has no operators for, words and their numbers.</summary>
/// <remarks>Filled while a model is loaded, read-only in use.</remarks>
internal sealed class HostPlan
{
    private readonly List<string> names = [];

    /// <summary>The steps in order.</summary>
    public List<HostStep> Steps { get; } = [];

    /// <summary>The names that the tensors have as inputs of the graph, by slot; the model's inputs come first.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Adds a slot.</summary>
    public HostValue Reserve(string name)
    {
        names.Add(name);
        return new(names.Count - 1);
    }
}
