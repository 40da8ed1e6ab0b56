namespace Flama.Hosting.Repository;

/// <summary>A repository that is a directory.</summary>
internal sealed class DiskTree(string directory) : IRepositoryTree
{
    public string Name => directory;

    public Task<IReadOnlyList<IRepositoryFolder>> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(DiskFolder.In(directory));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(ErrorCodes.FileUnreadable, $"The repository '{directory}' cannot be read: {failure.Message}", "Check the path and its permissions.", failure);
        }
    }

    public ValueTask<string?> FetchAsync(FoundVersion version, CancellationToken cancellationToken) => default;

    public bool TryWrite(string model, VersionPins pins) => pins.TryWrite(Path.Combine(directory, model));

    public void Dispose()
    {
        // Nothing is held.
    }
}
