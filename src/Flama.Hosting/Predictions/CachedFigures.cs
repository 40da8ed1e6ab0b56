namespace Flama.Hosting.Predictions;

/// <summary>What of the figures of a method are requests that were answered from the cache.</summary>
/// <param name="Requests">Those requests.</param>
/// <param name="Rows">Their rows.</param>
/// <param name="Latencies">The requests by <see cref="LogScale.OfDuration"/>.</param>
/// <param name="Answers">The rows by class or by <see cref="LogScale.OfNumber"/>.</param>
internal sealed record CachedFigures(long Requests, long Rows, long[] Latencies, long[] Answers)
{
    /// <summary>None.</summary>
    public static CachedFigures None { get; } = new(0, 0, [], []);
}
