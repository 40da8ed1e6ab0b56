
namespace Flama.Torch.Lowering;

/// <summary>A list of the program: a reference.</summary>
internal sealed class PythonList(List<object?> items, Scope scope)
{
    public List<object?> Items { get; } = items;

    /// <summary>The part of the graph that it was made in.</summary>
    public Scope Scope { get; } = scope;
}
