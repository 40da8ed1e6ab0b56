using Flama.Hosting.Reloading;

namespace Flama.Hosting.Repository;

/// <summary>A model of a repository with its versions. Thread-safe.</summary>
public sealed class RepositoryModel
{
    private Served served = new([], null, new Dictionary<string, string>(StringComparer.Ordinal));

    internal RepositoryModel(string name) => Name = name;

    /// <summary>The name: that of its directory.</summary>
    public string Name { get; }

    /// <summary>The versions that are served, the newest first.</summary>
    public IReadOnlyList<RepositoryVersion> Versions => Volatile.Read(ref served).Versions;

    /// <summary>The version that answers where none is named; null when there is none.</summary>
    public RepositoryVersion? Default => Volatile.Read(ref served).Default;

    /// <summary>Versions by label.</summary>
    public IReadOnlyDictionary<string, string> Labels => Volatile.Read(ref served).Labels;

    /// <summary>What is wrong with its directory or its newest version; null for nothing.</summary>
    public string? Fault { get; internal set; }

    /// <summary>What its file of pins says; kept in memory where the directory cannot be written.</summary>
    internal VersionPins Pins { get; set; } = VersionPins.None;

    /// <summary>Whether the pins here are newer than the file.</summary>
    internal bool HasOwnPins { get; set; }

    /// <summary>What new versions looked like at the last look; for the one who polls only.</summary>
    internal IReadOnlyDictionary<string, FileState> Settling { get; set; } = new Dictionary<string, FileState>(StringComparer.Ordinal);

    /// <summary>The version that did not pass its exam, as it looked then; likewise.</summary>
    internal (RepositoryVersion? Version, FileState State, Exception? Failure) Refused { get; set; }

    /// <summary>All versions there are, the newest first; those that are not served too.</summary>
    internal IReadOnlyList<RepositoryVersion> All { get; set; } = [];

    /// <summary>A version by its name or label.</summary>
    /// <param name="name">The name or label; null for the default.</param>
    /// <returns>Null when there is none.</returns>
    public RepositoryVersion? Find(string? name)
    {
        var now = Volatile.Read(ref served);
        if (name is null)
        {
            return now.Default;
        }

        name = now.Labels.GetValueOrDefault(name, name);
        foreach (var version in now.Versions)
        {
            if (string.Equals(version.Name, name, StringComparison.Ordinal))
            {
                return version;
            }
        }

        return null;
    }

    /// <summary>Sets what is served, at once for all calls to come.</summary>
    internal void Serve(IReadOnlyList<RepositoryVersion> versions, RepositoryVersion? chosen, IReadOnlyDictionary<string, string> labels) =>
        Volatile.Write(ref served, new(versions, chosen, labels));

    private sealed record Served(IReadOnlyList<RepositoryVersion> Versions, RepositoryVersion? Default, IReadOnlyDictionary<string, string> Labels);
}
