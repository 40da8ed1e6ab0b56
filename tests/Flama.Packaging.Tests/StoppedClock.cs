namespace Flama.Packaging.Tests;

/// <summary>One point in time, in a zone three hours east.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(3), "east", "east");

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2024, 5, 6, 6, 8, 9, TimeSpan.Zero).AddTicks(1_234_567);
}
