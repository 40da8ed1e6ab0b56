using System.Globalization;

namespace Flama.AspNetCore.Memory;

/// <summary>What one request holds of the budget, until it ends. Not thread-safe.</summary>
internal sealed class RequestMemory : IDisposable
{
    private readonly MemoryBudget budget;
    private long held;
    private bool isDisposed;

    public RequestMemory(MemoryBudget budget)
    {
        this.budget = budget;
        budget.NoteHolder(1);
    }

    /// <summary>Changes what it holds.</summary>
    /// <exception cref="FlamaException">It is more than there is at all, or at this moment; then it holds what it held before.</exception>
    public void Hold(long bytes)
    {
        if (bytes > budget.Total)
        {
            throw new FlamaException(
                ErrorCodes.InputTooLarge,
                $"The request needs about {Megabytes(bytes)} MB of memory, and the server has {Megabytes(budget.Total)} MB for requests.",
                "Send fewer rows per request.");
        }

        if (!budget.TryChange(bytes - held))
        {
            throw new FlamaException(
                ErrorCodes.Overloaded, "Other requests hold the memory that this one needs.", "Send it again later, or fewer rows per request.");
        }

        held = bytes;
    }

    /// <summary>Gives back what it holds; it may hold something again.</summary>
    public void Release()
    {
        if (held > 0)
        {
            budget.TryChange(-held);
            held = 0;
        }
    }

    /// <summary>Gives back what it holds, for good.</summary>
    public void Dispose()
    {
        Release();
        if (!isDisposed)
        {
            isDisposed = true;
            budget.NoteHolder(-1);
        }
    }

    private static string Megabytes(long bytes) => Math.Max(1, bytes >> 20).ToString(CultureInfo.InvariantCulture);
}
