namespace Flama.Hosting;

/// <summary>The time by a clock that nobody sets: when this was made, and what has passed since. For durations that are told by points in time. Thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class SteadyTime(TimeProvider time)
{
    private readonly DateTimeOffset start = time.GetUtcNow();
    private readonly long began = time.GetTimestamp();

    /// <summary>The time; where the system's clock was set since, another than it tells.</summary>
    public DateTimeOffset Now => start + time.GetElapsedTime(began);
}
