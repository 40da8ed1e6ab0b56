using Flama.Hosting.Reloading;

namespace Flama.Hosting.Repository;

/// <summary>One version of a model of a repository, in memory or not. Thread-safe.</summary>
public sealed class RepositoryVersion
{
    // A file that cannot be loaded is tried again when it has changed, or after this.
    private static readonly TimeSpan LongestGrudge = TimeSpan.FromSeconds(30);

    // How often a caller may make the server look whether it has.
    private static readonly TimeSpan ShortestGrudge = TimeSpan.FromSeconds(1);

    private readonly Lock sync = new();
    private UsageGate gate = new();
    private long lastUsed = Environment.TickCount64;
    private Task? loading;
    private Failure? failure;

    internal RepositoryVersion(string model, FoundVersion found, Func<RepositoryVersion, CancellationToken, LoadedModel> load, FlamaOptions options)
    {
        Model = model;
        Name = found.Name;
        IsNamed = found.IsNamed;
        Path = found.Path;
        Found = found;
        Watched = new WatchedFile<FileState>(found.State);
        Served = new ServedModel(model, found.Path, cancellation => load(this, cancellation)) { Updates = options.Updates, Batching = options.Batching };
    }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>The version's name: that of its directory, <c>1</c> for a model without such.</summary>
    public string Name { get; }

    /// <summary>Whether it is in memory and answers calls.</summary>
    public bool IsLoaded => gate.IsOpen;

    /// <summary>How many bytes of memory it takes, as measured; 0 when it is not loaded.</summary>
    public long MemoryBytes => Charge.Bytes;

    /// <summary>Why it could not be loaded, or its last file not be taken; null when nothing failed since.</summary>
    public Exception? LastError => Volatile.Read(ref failure)?.Exception ?? Served.LastError;

    /// <summary>Whether its directory names it.</summary>
    internal bool IsNamed { get; }

    /// <summary>Its file, or the directory that is one model.</summary>
    internal string Path { get; }

    /// <summary>What it looked like when it was found, or taken anew. For the one who polls, and whoever loads.</summary>
    internal FoundVersion Found { get; set; }

    /// <summary>Why its changed file could not be brought here, as it was told last; null for nothing. For the one who polls only.</summary>
    internal string? FetchFault { get; set; }

    internal ServedModel Served { get; }

    /// <summary>Follows the file; for the one who polls only.</summary>
    internal WatchedFile<FileState> Watched { get; }

    /// <summary>What the memory of this version is taken for; for the ledger only.</summary>
    internal MemoryCharge Charge { get; set; }

    /// <summary>Whether it is not unloaded for others.</summary>
    internal bool IsPinned { get; set; }

    /// <summary>Whether it was loaded once.</summary>
    internal bool IsKnown { get; set; }

    /// <summary>When it was last used, in milliseconds of the system's clock since its start.</summary>
    internal long LastUsed => Volatile.Read(ref lastUsed);

    /// <summary>When it was loaded, likewise.</summary>
    internal long LoadedAt { get; private set; }

    /// <summary>How many calls use it.</summary>
    internal int Users => gate.Users;

    /// <summary>Enters for a call, if it is loaded.</summary>
    internal bool TryEnter()
    {
        if (!gate.TryEnter())
        {
            return false;
        }

        Volatile.Write(ref lastUsed, Environment.TickCount64);
        return true;
    }

    /// <summary>Ends a call.</summary>
    internal void Leave() => gate.Leave();

    /// <summary>Lets calls in: it was loaded.</summary>
    internal void Open()
    {
        LoadedAt = Environment.TickCount64;
        Volatile.Write(ref lastUsed, LoadedAt);
        Volatile.Write(ref failure, null);
        gate.Open();
    }

    /// <summary>Takes it out of memory, if no call uses it.</summary>
    internal bool TryUnload()
    {
        if (!gate.TryClose())
        {
            return false;
        }

        Served.Unload();
        return true;
    }

    /// <summary>The load that is on its way, or a new one: one for all who ask at the same time.</summary>
    /// <param name="load">Loads and opens it.</param>
    /// <exception cref="FlamaException">It was tried in vain a moment ago, and its file has not changed.</exception>
    internal Task Load(Func<Task> load)
    {
        lock (sync)
        {
            if (loading is { IsCompleted: false })
            {
                return loading;
            }

            if (gate.IsOpen)
            {
                return Task.CompletedTask;
            }

            if (failure is { } last && IsGrudge(last))
            {
                throw last.ForCallers();
            }

            return loading = load();
        }
    }

    /// <summary>Notes why it could not be loaded.</summary>
    /// <returns>What callers are told.</returns>
    internal FlamaException Fail(Exception exception)
    {
        Failure noted = new(Model, exception, FileState.Of(Path), Environment.TickCount64);
        Volatile.Write(ref failure, noted);
        return noted.ForCallers();
    }

    /// <summary>Lets it be tried again: its file has changed.</summary>
    internal void Forgive() => Volatile.Write(ref failure, null);

    private bool IsGrudge(Failure last)
    {
        var age = Environment.TickCount64 - last.At;
        return age < ShortestGrudge.TotalMilliseconds || (age < LongestGrudge.TotalMilliseconds && FileState.Of(Path) == last.State);
    }

    private sealed record Failure(string Model, Exception Exception, FileState State, long At)
    {
        // What the file has is for the log: callers learn that it is not they who are wrong.
        public FlamaException ForCallers() => new(
            ErrorCodes.ModelUnavailable, $"The model '{Model}' cannot be loaded.", "The server's log and its health say why.", Exception);
    }
}
