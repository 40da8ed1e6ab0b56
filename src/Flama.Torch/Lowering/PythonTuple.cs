
namespace Flama.Torch.Lowering;

/// <summary>A tuple; with names where it is a NamedTuple.</summary>
internal sealed class PythonTuple(IReadOnlyList<object?> items, IReadOnlyList<string>? names = null)
{
    public IReadOnlyList<object?> Items { get; } = items;

    public IReadOnlyList<string>? Names { get; } = names;
}
