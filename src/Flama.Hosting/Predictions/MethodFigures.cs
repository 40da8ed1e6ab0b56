namespace Flama.Hosting.Predictions;

/// <summary>The counters of a <see cref="MethodRecord"/> at one moment.</summary>
internal sealed record MethodFigures
{
    public required string Name { get; init; }

    public required AnswerForm Form { get; init; }

    /// <summary>Requests that were answered.</summary>
    public required long Succeeded { get; init; }

    /// <summary>Requests that were refused or failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Rows that were computed.</summary>
    public required long Rows { get; init; }

    /// <summary>How often the model computed.</summary>
    public required long Runs { get; init; }

    public required TimeSpan Total { get; init; }

    public required TimeSpan Read { get; init; }

    public required TimeSpan Predict { get; init; }

    public required TimeSpan Write { get; init; }

    /// <summary>Requests by <see cref="LogScale.OfDuration"/>.</summary>
    public required long[] Latencies { get; init; }

    /// <summary>Rows by class or by <see cref="LogScale.OfNumber"/>.</summary>
    public required long[] Answers { get; init; }

    /// <summary>What of it was answered from the cache: of the requests and answers; its rows come on top of <see cref="Rows"/>.</summary>
    public required CachedFigures Cached { get; init; }

    /// <summary>Rows that were answered.</summary>
    public long AllRows => Rows + Cached.Rows;

    /// <summary>All requests.</summary>
    public long Requests => Succeeded + Failed;
}
