namespace Flama.Hosting.Repository;

/// <summary>Counts the calls that use a model, and closes only when there is none. Lock-free.</summary>
internal struct UsageGate
{
    private const int Closed = -1;

    private int users;

    /// <summary>Makes a closed gate.</summary>
    public UsageGate() => users = Closed;

    /// <summary>Whether calls may enter.</summary>
    public readonly bool IsOpen => Volatile.Read(in users) != Closed;

    /// <summary>How many calls are inside.</summary>
    public readonly int Users => Math.Max(0, Volatile.Read(in users));

    /// <summary>Enters, if the gate is open.</summary>
    public bool TryEnter()
    {
        var count = Volatile.Read(ref users);
        while (count != Closed)
        {
            var seen = Interlocked.CompareExchange(ref users, count + 1, count);
            if (seen == count)
            {
                return true;
            }

            count = seen;
        }

        return false;
    }

    /// <summary>Leaves; as often as one has entered.</summary>
    public void Leave() => Interlocked.Decrement(ref users);

    /// <summary>Lets calls in.</summary>
    public void Open() => Interlocked.CompareExchange(ref users, 0, Closed);

    /// <summary>Lets no more calls in, if none is inside.</summary>
    public bool TryClose() => Interlocked.CompareExchange(ref users, Closed, 0) == 0;
}
