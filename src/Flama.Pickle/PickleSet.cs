namespace Flama.Pickle;

/// <summary>A Python set or frozenset: its items in the order of the file, duplicates not removed.</summary>
public sealed class PickleSet
{
    /// <summary>The items.</summary>
    public IList<object?> Items { get; } = [];
}
