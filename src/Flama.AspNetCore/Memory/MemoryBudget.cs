using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Memory;

/// <summary>What large requests may hold in memory together. Those that do not fit are refused before they take it. Thread-safe.</summary>
/// <remarks>
/// What a request holds is estimated: from its length before it is read, from rows and columns afterwards. Small requests are not counted; for them a
/// comparison of two numbers is all there is. The other half of the heap is left for those, and for what waits to be collected.
/// </remarks>
/// <param name="limit">The most bytes; null for half of what the process has left when the first large request comes.</param>
/// <param name="trim">Gives memory back when large requests are over.</param>
internal sealed class MemoryBudget(long? limit, IdleTrim trim)
{
    /// <summary>Requests that hold no more than this are not counted.</summary>
    public const long Uncounted = 64 * 1024;

    private const int Share = 2;
    private const int SmallestShare = 16;

    private long total = limit ?? 0;
    private long held;
    private int holders;

    /// <summary>The most bytes.</summary>
    public long Total
    {
        get
        {
            var known = Volatile.Read(ref total);
            if (known == 0)
            {
                Interlocked.CompareExchange(ref total, Measure(), 0);
            }

            return Volatile.Read(ref total);
        }
    }

    /// <summary>How much is held now.</summary>
    public long Held => Volatile.Read(ref held);

    // Without any, there is nothing to look for among the features of a request, which costs more than all else here.
    private bool HasHolders => Volatile.Read(ref holders) != 0;

    /// <summary>Counts what a request holds from now on, instead of what it held before. It holds nothing any more when it has ended.</summary>
    /// <exception cref="FlamaException">
    /// It is more than all requests together may hold (<see cref="ErrorCodes.InputTooLarge"/>), or more than is left at this moment
    /// (<see cref="ErrorCodes.Overloaded"/>).
    /// </exception>
    public void Hold(HttpContext context, long bytes)
    {
        if (bytes <= Uncounted && !HasHolders)
        {
            return;
        }

        if (context.Features.Get<RequestMemory>() is not { } memory)
        {
            if (bytes <= Uncounted)
            {
                return;
            }

            memory = new RequestMemory(this);
            context.Features.Set(memory);
            context.Response.RegisterForDispose(memory);
        }

        memory.Hold(bytes);
    }

    /// <summary>Ends what a request holds, if it holds anything.</summary>
    public void Release(HttpContext context)
    {
        if (HasHolders)
        {
            context.Features.Get<RequestMemory>()?.Release();
        }
    }

    /// <summary>Notes that there is one more request, or one less, that may hold something.</summary>
    public void NoteHolder(int by) => Interlocked.Add(ref holders, by);

    /// <summary>Changes what is held; false when there is not so much left.</summary>
    public bool TryChange(long by)
    {
        if (by <= 0)
        {
            trim.Note(-by);
            if (Interlocked.Add(ref held, by) == 0)
            {
                trim.Schedule(this);
            }

            return true;
        }

        if (Interlocked.Add(ref held, by) <= Total)
        {
            return true;
        }

        Interlocked.Add(ref held, -by);
        return false;
    }

    // The models are loaded by now: what is on the heap belongs to them.
    private static long Measure()
    {
        var memory = GC.GetGCMemoryInfo();
        return Math.Max((memory.TotalAvailableMemoryBytes - memory.HeapSizeBytes) / Share, memory.TotalAvailableMemoryBytes / SmallestShare);
    }
}
