namespace Flama.Hosting.Reloading;

/// <summary>Tells whether a file has changed, for one that is asked at every request: it is looked at every quarter of a second at most. Thread-safe.</summary>
/// <param name="path">The file, which is read after this is made: a change in between is seen.</param>
internal sealed class FileLook(string path)
{
    private const long Every = 250;

    private FileState state = FileState.Of(path);
    private long next = Environment.TickCount64 + Every;

    /// <summary>Whether it has changed since the last time; true for one of the callers, the others go on with what is known.</summary>
    public bool HasChanged()
    {
        var (now, due) = (Environment.TickCount64, Volatile.Read(ref next));
        if (now < due || Interlocked.CompareExchange(ref next, now + Every, due) != due)
        {
            return false;
        }

        var seen = FileState.Of(path);
        if (seen == state)
        {
            return false;
        }

        state = seen;
        return true;
    }
}
