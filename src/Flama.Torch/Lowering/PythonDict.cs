
namespace Flama.Torch.Lowering;

/// <summary>A dict in the order of its entries.</summary>
internal sealed class PythonDict(Scope scope)
{
    public OrderedDictionary<object, object?> Items { get; } = [];

    public Scope Scope { get; } = scope;
}
