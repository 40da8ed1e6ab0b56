namespace Flama;

/// <summary>An optional array that is not there.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class MissingArray : ModelArray
{
    /// <summary>Makes the absence of an array.</summary>
    /// <param name="type">The type that its elements would have.</param>
    public MissingArray(ElementType type) => Type = type;

    /// <inheritdoc/>
    public override ElementType Type { get; }

    /// <summary>Empty.</summary>
    public override IReadOnlyList<long> Shape => [];

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
