using Flama.Hosting;
using Microsoft.Extensions.Internal;

namespace Flama.AspNetCore.Caching;

/// <summary>The time by which answers are kept: where the system's clock is set back, none is kept longer, and where it is set forward, none is lost.</summary>
internal sealed class CacheClock(TimeProvider time) : ISystemClock
{
    private readonly SteadyTime steady = new(time);

    public DateTimeOffset UtcNow => steady.Now;
}
