namespace Flama.Hosting.Predictions;

/// <summary>What was asked of the versions of a served model: the latest ones. Thread-safe.</summary>
internal sealed class ModelRecord
{
    /// <summary>So many versions are remembered; the one that was first there is forgotten for another.</summary>
    public const int MaxVersions = 8;

    private readonly Lock sync = new();
    private readonly List<VersionRecord> versions = [];

    /// <summary>The versions, the latest last.</summary>
    public IReadOnlyList<VersionRecord> Versions
    {
        get
        {
            lock (sync)
            {
                return [.. versions];
            }
        }
    }

    /// <summary>The record of a version; of one that is loaded once more, the one of before.</summary>
    public VersionRecord Of(LoadedModel loaded)
    {
        if (Volatile.Read(ref loaded.Record) is { } known)
        {
            return known;
        }

        lock (sync)
        {
            var found = versions.Find(version => version.Is(loaded));
            if (found is not null)
            {
                versions.Remove(found);
            }
            else if (versions.Count == MaxVersions)
            {
                versions.RemoveAt(0);
            }

            found ??= new VersionRecord(loaded);
            versions.Add(found);
            Volatile.Write(ref loaded.Record, found);
            return found;
        }
    }
}
