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

    /// <summary>The tuple without items.</summary>
    internal static PickleTuple Empty { get; } = new([]) { Depth = 1 };

    /// <summary>The items, to replace <see cref="Machine.ByteSlice"/>s before anybody sees them.</summary>
    internal object?[] Slots => items;

    /// <summary>How many containers nest in this one, itself included.</summary>
    internal int Depth { get; set; } = 1;

    /// <summary>Whether an item, or one of a tuple in it, may be a <see cref="Machine.ByteSlice"/>.</summary>
    internal bool HoldsSlices { get; set; }
}
