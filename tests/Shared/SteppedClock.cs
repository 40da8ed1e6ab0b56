namespace Flama.Tests;

/// <summary>A clock that stands still until time passes, or somebody sets it. Thread-safe.</summary>
internal sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    private long passed;
    private long set;

    public SteppedClock()
        : this(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start.AddTicks(Interlocked.Read(ref passed) + Interlocked.Read(ref set));

    public override long GetTimestamp() => Interlocked.Read(ref passed);

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref passed, time.Ticks);

    /// <summary>Sets the time of day forward or back; no time passes.</summary>
    public void Step(TimeSpan by) => Interlocked.Add(ref set, by.Ticks);
}
