using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests.Hosting;

/// <summary>A clock on which the same time passes between any two looks.</summary>
internal sealed class FixedTime(TimeSpan step) : TimeProvider
{
    private long looks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public static void Use(WebApplicationBuilder builder, TimeSpan step) => builder.Services.AddSingleton<TimeProvider>(new FixedTime(step));

    public override long GetTimestamp() => Interlocked.Increment(ref looks) * step.Ticks;
}
