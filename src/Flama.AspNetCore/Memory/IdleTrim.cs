using Flama.Hosting.Memory;

namespace Flama.AspNetCore.Memory;

/// <summary>Gives the memory of large requests back to the system when none has come for a while. Thread-safe.</summary>
/// <remarks>
/// The collector runs when something is allocated, so that a server that rests would keep for ever what its last large requests left behind. Small requests
/// never come here.
/// </remarks>
/// <param name="rest">How long no large request may have come.</param>
internal sealed class IdleTrim(TimeSpan rest) : IDisposable
{
    // Less than this is not worth a pause.
    private const long WorthIt = 32 << 20;

    private readonly Lock sync = new();
    private Timer? timer;
    private long released;

    /// <summary>Notes memory that a request does not hold any more.</summary>
    public void Note(long bytes) => Interlocked.Add(ref released, bytes);

    /// <summary>Called when no request holds anything: trims when it is still so after the rest.</summary>
    public void Schedule(MemoryBudget budget)
    {
        if (Volatile.Read(ref released) < WorthIt)
        {
            return;
        }

        lock (sync)
        {
            timer ??= new Timer(state => Trim((MemoryBudget)state!), budget, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            timer.Change(rest, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (sync)
        {
            timer?.Dispose();
        }
    }

    private void Trim(MemoryBudget budget)
    {
        if (budget.Held != 0 || Interlocked.Exchange(ref released, 0) == 0)
        {
            return;
        }

        HeapTrim.Collect();
    }
}
