namespace Flama.Hosting.Reloading;

/// <summary>Decides when something that changes has come to rest, from looks at it in turn. Not thread-safe.</summary>
/// <param name="loaded">What it looked like when it was loaded.</param>
internal sealed class WatchedFile<T>(T loaded)
    where T : struct, IEquatable<T>
{
    private T loaded = loaded;
    private T? seen;

    /// <summary>What it looked like when it was loaded, or tried.</summary>
    public T Loaded => loaded;

    /// <summary>Takes one look into account.</summary>
    /// <returns>Whether it differs from what was loaded, and looks as it did the last time.</returns>
    public bool HasSettled(T state)
    {
        if (state.Equals(loaded))
        {
            seen = null;
            return false;
        }

        var isAtRest = seen is { } before && before.Equals(state);
        seen = state;
        return isAtRest;
    }

    /// <summary>Notes what was loaded, or was tried in vain: only another change is a change again.</summary>
    public void Note(T state)
    {
        loaded = state;
        seen = null;
    }
}
