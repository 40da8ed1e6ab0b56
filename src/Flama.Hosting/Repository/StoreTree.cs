using Flama.Hosting.Sources;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting.Repository;

/// <summary>A repository that is a prefix in a store of objects: a look is a listing, and files are downloaded when they are needed.</summary>
internal sealed class StoreTree(ModelSources sources, Uri root, ILogger logger) : IRepositoryTree
{
    // At the same time, so that a store that sends slowly does not hold up all.
    private const int MaxDownloads = 8;

    private readonly SemaphoreSlim downloads = new(MaxDownloads);
    private readonly ListingFile listing = sources.ListingOf(root);
    private bool isBegun;

    public string Name => ModelSources.Show(root);

    public async Task<IReadOnlyList<IRepositoryFolder>> LookAsync(CancellationToken cancellationToken)
    {
        var prefix = StoreLocation.OfPrefix(root).Name;
        StoreFolder top = new("", sources);
        foreach (var one in await ListAsync(cancellationToken))
        {
            var name = StoreLocation.Of(one.Location).Name;
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                top.Add(name[prefix.Length..], one);
            }
        }

        List<IRepositoryFolder> models = [];
        foreach (var model in top.Models)
        {
            await model.PullPinsAsync(cancellationToken);
            models.Add(model);
        }

        return models;
    }

    // The start goes by the last listing where the store cannot be asked; later, what is here stays as it is.
    private async Task<IReadOnlyList<StoredObject>> ListAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredObject> found;
        try
        {
            found = await sources.ListAsync(root, cancellationToken);
            listing.Write(found);
        }
        catch (FlamaException failure) when (!isBegun && failure.Code == ErrorCodes.SourceUnavailable && listing.Read() is { } before)
        {
            Log.RepositoryRecalled(logger, Name, failure.Message);
            found = before;
        }

        isBegun = true;
        return found;
    }

    public async ValueTask<string?> FetchAsync(FoundVersion version, CancellationToken cancellationToken)
    {
        await downloads.WaitAsync(cancellationToken);
        try
        {
            string? warning = null;
            foreach (var one in version.Sources)
            {
                warning = (await sources.PullAsync(one, cancellationToken)).Warning ?? warning;
            }

            return warning;
        }
        finally
        {
            downloads.Release();
        }
    }

    // What a promotion chose holds until the application ends.
    public bool TryWrite(string model, VersionPins pins) => false;

    public void Dispose() => downloads.Dispose();
}
