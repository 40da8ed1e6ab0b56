using System.Numerics;

namespace Flama.AspNetCore.RateLimits;

/// <summary>Counts requests per caller and window in a table of fixed size, without locks. Thread-safe.</summary>
/// <remarks>
/// Not the framework's partitioned limiter: that takes one lock for all callers, cannot tell how many requests are left, and grows with every address that is seen.
/// A caller has one of eight places that its hash names. When others that are active hold all of them, the one with the fewest requests makes room: many addresses
/// cannot make the table larger, nor free a caller who is near its limit.
/// </remarks>
internal sealed class RateWindows
{
    private const int SetSize = 8, DefaultSets = 8192;

    // A place's state: the number of the window above, the count below.
    private const int CountBits = 24;
    private const long MostCounted = (1L << CountBits) - 1;

    private readonly int limit;
    private readonly long window;
    private readonly int sets;
    private readonly ulong[] callers;
    private readonly long[] states;

    /// <summary>Makes the table.</summary>
    /// <param name="limit">Requests per window.</param>
    /// <param name="window">The window.</param>
    /// <param name="sets">Groups of eight places, a power of two.</param>
    public RateWindows(int limit, TimeSpan window, int sets = DefaultSets)
    {
        this.limit = limit;
        this.window = Math.Max(1, (long)window.TotalMilliseconds);
        this.sets = BitOperations.IsPow2(sets) ? sets : throw new ArgumentOutOfRangeException(nameof(sets));
        callers = new ulong[sets * SetSize];
        states = new long[sets * SetSize];
    }

    /// <summary>The number of the caller's window. Windows of callers begin at times of their own, so that not all of them come back at once.</summary>
    public long WindowOf(UInt128 caller, DateTimeOffset now) => (now.ToUnixTimeMilliseconds() + OffsetOf(caller)) / window;

    /// <summary>Milliseconds until the caller's window ends.</summary>
    public long LeftOf(UInt128 caller, DateTimeOffset now) => window - ((now.ToUnixTimeMilliseconds() + OffsetOf(caller)) % window);

    /// <summary>Counts a request.</summary>
    /// <returns>The requests of the caller in its window, this one included; no more than the limit and one.</returns>
    public int Count(UInt128 caller, long number) => Add(caller, number, 1);

    /// <summary>Counts so many that the caller's window is used up.</summary>
    public void UseUp(UInt128 caller, long number) => Add(caller, number, limit);

    private int Add(UInt128 caller, long number, int by)
    {
        var place = PlaceOf(caller, number);
        ref var state = ref states[place];
        while (true)
        {
            var seen = Volatile.Read(ref state);

            // Unequal, not smaller: a clock that is set back begins a window too, and none lasts for ever.
            var count = seen >> CountBits == number ? seen & MostCounted : 0;
            var next = Math.Min(count + by, limit + 1L);
            if (next == count || Interlocked.CompareExchange(ref state, (number << CountBits) | next, seen) == seen)
            {
                return (int)next;
            }
        }
    }

    private int PlaceOf(UInt128 caller, long number)
    {
        var name = (ulong)caller | 1;
        var first = (int)((ulong)(caller >> 64) & (ulong)(sets - 1)) * SetSize;
        while (true)
        {
            var (weakest, fewest) = (first, long.MaxValue);
            for (var place = first; place < first + SetSize; place++)
            {
                var holder = Volatile.Read(ref callers[place]);
                if (holder == name)
                {
                    return place;
                }

                // Windows of different callers are not in step: one that is over is told by its number being another, give or take one.
                var state = Volatile.Read(ref states[place]);
                var count = holder == 0 ? -1 : Math.Abs((state >> CountBits) - number) > 1 ? 0 : state & MostCounted;
                if (count < fewest)
                {
                    (weakest, fewest) = (place, count);
                }
            }

            var previous = Volatile.Read(ref callers[weakest]);
            if (Interlocked.CompareExchange(ref callers[weakest], name, previous) == previous)
            {
                if (previous != 0)
                {
                    Volatile.Write(ref states[weakest], 0);
                }

                return weakest;
            }
        }
    }

    private long OffsetOf(UInt128 caller) => (long)((ulong)(caller >> 32) % (ulong)window);
}
