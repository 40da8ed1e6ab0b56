namespace Flama;

/// <summary>How to load a model. Immutable.</summary>
public sealed record LoadOptions
{
    /// <summary>The defaults.</summary>
    public static LoadOptions Default { get; } = new();

    /// <summary>Gives up the load: engines look at it between steps and throw <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }
}
