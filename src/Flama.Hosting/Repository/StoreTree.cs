using Flama.Hosting.Sources;

namespace Flama.Hosting.Repository;

/// <summary>A repository that is a prefix in a store of objects: a look is a listing, and files are downloaded when they are needed.</summary>
internal sealed class StoreTree(ModelSources sources, Uri root) : IRepositoryTree
{
    // At the same time, so that a store that sends slowly does not hold up all.
    private const int MaxDownloads = 8;

    private readonly SemaphoreSlim downloads = new(MaxDownloads);

    public async Task<IReadOnlyList<IRepositoryFolder>> LookAsync(CancellationToken cancellationToken)
    {
        var prefix = StoreLocation.OfPrefix(root).Name;
        StoreFolder top = new("", sources);
        foreach (var one in await sources.ListAsync(root, cancellationToken))
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

    public async ValueTask<string?> FetchAsync(FoundVersion version, CancellationToken cancellationToken)
    {
        await downloads.WaitAsync(cancellationToken);
        try
        {
            return (await sources.PullAsync(version.Source!, cancellationToken)).Warning;
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
