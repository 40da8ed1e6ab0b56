namespace Flama;

/// <summary>How to load a model. Immutable.</summary>
public sealed record LoadOptions
{
    /// <summary>The defaults.</summary>
    public static LoadOptions Default { get; } = new();

    /// <summary>Gives up the load: engines look at it between steps and throw <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>
    /// Which model of a file that holds several: a key of its dict (<c>churn</c>), a position in its tuple or list (<c>0</c>), or a path as messages list it
    /// (<c>['models']['churn']</c>); null where only one can be meant.
    /// </summary>
    public string? ModelKey { get; init; }
}
