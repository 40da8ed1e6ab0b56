namespace Flama.Hosting.Memory;

/// <summary>Gives memory back to the system that nothing holds any more.</summary>
/// <remarks>The collector runs when something is allocated, so that a server that rests would keep for ever what large requests or a replaced model left behind.</remarks>
internal static class HeapTrim
{
    // Compacting moves models too; up to here that takes less than a tenth of a second.
    private const long LargestCompacted = 512 << 20;

    // Less than this is not worth a pause.
    private const long WorthIt = 32 << 20;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    // Roots the timer until it has run.
    private static Timer? waiting;
    private static long released;

    /// <summary>Collects now.</summary>
    public static void Collect()
    {
        var isSmall = GC.GetTotalMemory(forceFullCollection: false) <= LargestCompacted;
        GC.Collect(GC.MaxGeneration, isSmall ? GCCollectionMode.Aggressive : GCCollectionMode.Forced, blocking: isSmall, compacting: isSmall);
    }

    /// <summary>Notes that a model is not held any more; when that is worth it, its memory goes back a little later.</summary>
    /// <param name="bytes">About how many bytes it took.</param>
    public static void Note(long bytes)
    {
        if (Interlocked.Add(ref released, bytes) < WorthIt || Volatile.Read(ref waiting) is not null)
        {
            return;
        }

        Timer timer = new(Run, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (Interlocked.CompareExchange(ref waiting, timer, null) is null)
        {
            timer.Change(Rest, Timeout.InfiniteTimeSpan);
        }
        else
        {
            timer.Dispose();
        }
    }

    private static void Run(object? state)
    {
        Interlocked.Exchange(ref waiting, null)?.Dispose();
        if (Interlocked.Exchange(ref released, 0) > 0)
        {
            Collect();
        }
    }
}
