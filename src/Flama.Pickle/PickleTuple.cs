namespace Flama.Pickle;

/// <summary>A Python tuple. Immutable once read; compared by reference, since a file can nest tuples without bound.</summary>
public sealed class PickleTuple(object?[] items)
{
    private readonly object?[] items = items;

    /// <summary>How many items there are.</summary>
    public int Count => items.Length;

    /// <summary>One item.</summary>
    public object? this[int index] => items[index];

    /// <summary>All items.</summary>
    public IReadOnlyList<object?> Items => items;
}
