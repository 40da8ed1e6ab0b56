namespace Flama.Hosting.Batching;

/// <summary>Several calls that are computed together: it is cancelled when all of their callers are gone.</summary>
/// <param name="calls">How many.</param>
internal sealed class JointCall(int calls) : IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private int left = calls;

    /// <summary>Ends the computation.</summary>
    public CancellationToken CancellationToken => ending.Token;

    /// <summary>Notes that a caller is gone.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            ending.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ending.Dispose();
}
