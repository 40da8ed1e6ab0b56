namespace Flama.Pickle;

/// <summary>A Python set or frozenset: its items in the order of the file, duplicates not removed.</summary>
public sealed class PickleSet
{
    /// <summary>The items.</summary>
    public IList<object?> Items { get; } = [];

    /// <summary>How many containers nest in this one, itself included.</summary>
    internal int Depth { get; set; } = 1;

    /// <summary>Whether another container holds this one already.</summary>
    internal bool IsPlaced { get; set; }
}
