using System.Globalization;
using Flama.AspNetCore.Stores;
using Flama.Hosting;

namespace Flama.AspNetCore.RateLimits;

/// <summary>Decides by the counts of this instance, and those of all where there is a store for them. Thread-safe.</summary>
/// <param name="options">The limit.</param>
/// <param name="time">The clock.</param>
/// <param name="store">Counts for all instances; null for none.</param>
/// <param name="circuit">Guards the store.</param>
internal sealed class RateCounter(RateLimitOptions options, TimeProvider time, IRateLimitStore? store, StoreCircuit circuit)
{
    private readonly int limit = options.Requests;
    private readonly TimeSpan lifetime = options.Window + TimeSpan.FromSeconds(1);
    private readonly RateWindows windows = new(options.Requests, options.Window);
    private readonly SteadyTime steady = new(time);

    /// <summary>Counts a request and decides.</summary>
    public ValueTask<RateDecision> DecideAsync(UInt128 caller)
    {
        // Instances that count together have to agree on the windows, so that theirs go by the clock. Others do not mind when it is set.
        var now = store is null ? steady.Now : time.GetUtcNow();
        var number = windows.WindowOf(caller, now);
        var seconds = (int)Math.Max(1, (windows.LeftOf(caller, now) + 999) / 1000);

        // What is too many here is too many for all: the store is not asked.
        var count = windows.Count(caller, number);
        return store is null || count > limit || !circuit.MayCall
            ? ValueTask.FromResult(new RateDecision(limit - count, seconds))
            : DecideTogetherAsync(caller, number, count, seconds);
    }

    private async ValueTask<RateDecision> DecideTogetherAsync(UInt128 caller, long number, int count, int seconds)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"rate:{caller:x32}:{number:x}");
        var (isKnown, all) = await circuit.CallAsync(static state => state.store!.CountAsync(state.name, state.lifetime), (store, name, lifetime));
        if (isKnown && all > limit)
        {
            windows.UseUp(caller, number);
            return new(-1, seconds);
        }

        return new(limit - (int)Math.Max(count, isKnown ? all : 0), seconds);
    }
}
