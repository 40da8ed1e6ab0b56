namespace Flama.Hosting.Repository;

/// <summary>Where the models of a repository are.</summary>
internal interface IRepositoryTree : IDisposable
{
    /// <summary>What messages call it: the directory, or the location.</summary>
    string Name { get; }

    /// <summary>Looks at the folders of all models.</summary>
    /// <exception cref="FlamaException">They cannot be read.</exception>
    Task<IReadOnlyList<IRepositoryFolder>> LookAsync(CancellationToken cancellationToken);

    /// <summary>Brings the file of a version to its path.</summary>
    /// <returns>Why it is one from before; null when it is the one.</returns>
    /// <exception cref="FlamaException">It cannot be had, and is not there from before.</exception>
    ValueTask<string?> FetchAsync(FoundVersion version, CancellationToken cancellationToken);

    /// <summary>Writes the <c>versions.json</c> of a model.</summary>
    /// <returns>False when that cannot be done.</returns>
    bool TryWrite(string model, VersionPins pins);
}
