namespace Flama.Hosting.Batching;

/// <summary>How densely calls come. Its owner locks.</summary>
/// <param name="time">The clock.</param>
internal sealed class Arrivals(TimeProvider time)
{
    // Of the last interval; the rest is what was known before.
    private const double Weight = 1.0 / 8;

    private double interval = double.PositiveInfinity;
    private long last;

    /// <summary>The time between two calls, as of late.</summary>
    public TimeSpan Interval => double.IsInfinity(interval) ? TimeSpan.MaxValue : TimeSpan.FromSeconds(interval / time.TimestampFrequency);

    /// <summary>Notes a call.</summary>
    public void Note()
    {
        var now = time.GetTimestamp();
        var since = last == 0 ? double.PositiveInfinity : Math.Min(now - last, time.TimestampFrequency);
        interval = double.IsInfinity(interval) || double.IsInfinity(since) ? since : interval + (Weight * (since - interval));
        last = now;
    }
}
