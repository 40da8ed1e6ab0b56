namespace Flama.AspNetCore;

/// <summary>How many requests a caller may send: per key, and per address for callers without one.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Requests per <see cref="Window"/>, from 1 to 10 000 000. Default 100.</summary>
    public int Requests { get; set; } = 100;

    /// <summary>The time after which a caller may send as many again, from one second to one day. Default one minute.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    internal const int MostRequests = 10_000_000;

    internal static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);
}
