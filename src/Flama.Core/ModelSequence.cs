namespace Flama;

/// <summary>Arrays in order, which need not have the same shape.</summary>
/// <remarks>Disposing it disposes them. Any number of threads may read it.</remarks>
public sealed class ModelSequence : ModelArray
{
    private readonly ModelArray[] items;

    /// <summary>Makes a sequence, which owns the arrays from here on.</summary>
    /// <param name="type">The type of their elements.</param>
    /// <param name="items">The arrays; none or more.</param>
    public ModelSequence(ElementType type, params IReadOnlyCollection<ModelArray> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        Type = type;
        this.items = [.. items];
    }

    /// <inheritdoc/>
    public override ElementType Type { get; }

    /// <summary>One dimension: how many arrays there are.</summary>
    public override IReadOnlyList<long> Shape => [items.Length];

    /// <summary>The arrays.</summary>
    public IReadOnlyList<ModelArray> Items => items;

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var item in items)
        {
            item.Dispose();
        }
    }
}
