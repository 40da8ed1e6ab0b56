namespace Flama.Hosting.Sources;

/// <summary>What is asked of a source. Immutable.</summary>
/// <param name="Location">The file.</param>
public sealed record SourceRequest(Uri Location)
{
    /// <summary>The version that is here completely: nothing is sent when it is still the one. Null for none.</summary>
    public string? Known { get; init; }

    /// <summary>The version of which a part is here; null for none.</summary>
    public string? Partial { get; init; }

    /// <summary>How many bytes of it are here; the answer may begin behind them.</summary>
    public long Offset { get; init; }
}
