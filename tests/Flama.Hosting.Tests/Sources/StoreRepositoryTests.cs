using Flama.Hosting.Repository;
using Flama.Hosting.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flama.Tests.Sources;

/// <summary>A repository that is a prefix in a store of objects.</summary>
public sealed class StoreRepositoryTests : IDisposable
{
    private static readonly string Xor = Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");
    private static readonly string Churn = Fixtures.PathOf("flm", "churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    private readonly TemporaryDirectory directory = new();
    private readonly MemoryStore store = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Start_EveryLayout_IsFoundAndNothingIsDownloaded()
    {
        store.Put("top/plain/model.flm", Xor);
        store.Put("top/versions/9/model.flm", Xor);
        store.Put("top/versions/10/model.flm", Churn);
        store.Put("top/versions/README.md", [1]);
        store.Put("top/flow/MLmodel", [1]);
        store.Put("top/flow/model.pkl", [1]);
        store.Put("top/empty/", []);
        store.Put("top/.hidden/model.flm", Xor);
        store.Put("top/deep/1/a/b/model.flm", Xor);
        store.Put("topmost/other/model.flm", Xor);
        using var host = await StartAsync();
        var repository = RepositoryOf(host);

        Assert.Equal(["flow", "plain", "versions"], repository.Models.Select(model => model.Name));
        Assert.Equal("a model of several files cannot be taken from a store", Model(repository, "flow").Fault);
        Assert.Equal("mem://bucket/top", repository.Directory);
        Assert.Empty(store.Reads);
        Assert.Equal("Pipeline", await ClassOfAsync(repository, "versions"));
        Assert.Equal(["top/versions/10/model.flm"], store.Reads);
    }

    [Fact]
    public async Task Acquire_AfterUnloading_DoesNotDownloadAgain()
    {
        store.Put("top/m/model.flm", Xor);
        using var host = await StartAsync();
        var repository = RepositoryOf(host);
        await ClassOfAsync(repository, "m");

        var isUnloaded = repository.Unload("m");
        store.IsThere = false;

        Assert.True(isUnloaded);
        Assert.Equal("MLPClassifier", await ClassOfAsync(repository, "m"));
        Assert.Single(store.Reads);
    }

    [Fact]
    public async Task Refresh_ChangedObject_IsTakenAtRest_AndAskedForAgainWhileItCannotBeHad()
    {
        store.Put("top/m/model.flm", Xor);
        using var host = await StartAsync();
        var repository = RepositoryOf(host);
        await ClassOfAsync(repository, "m");

        store.Put("top/m/model.flm", Churn);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);
        var before = await ClassOfAsync(repository, "m");
        store.Put("top/m/model.flm", "not a model"u8.ToArray());
        await RefreshAsync(repository);
        var refused = await ClassOfAsync(repository, "m");
        store.Put("top/m/model.flm", Churn);
        await RefreshAsync(repository);

        Assert.Equal(("MLPClassifier", "MLPClassifier", "Pipeline"), (before, refused, await ClassOfAsync(repository, "m")));
    }

    [Fact]
    public async Task Refresh_VersionsFile_DecidesAndAPromotionHoldsHereOnly()
    {
        store.Put("top/m/1/model.flm", Xor);
        store.Put("top/m/2/model.flm", Churn);
        store.Put("top/m/versions.json", """{"default": "1"}"""u8.ToArray());
        using var host = await StartAsync();
        var repository = RepositoryOf(host);
        var pinned = await ClassOfAsync(repository, "m");

        var isStored = await repository.PromoteAsync("m", "2", cancellationToken: TestContext.Current.CancellationToken);
        await RefreshAsync(repository);

        Assert.Equal(("MLPClassifier", false, "Pipeline"), (pinned, isStored, await ClassOfAsync(repository, "m")));
    }

    [Fact]
    public async Task Schema_BesideTheModel_IsDownloadedWithIt_AndFollowed()
    {
        store.Put("top/m/1/model.flm", Xor);
        store.Put("top/m/schema.json", """{"prefixItems": [{"maximum": 0}]}"""u8.ToArray());
        using var host = await StartAsync();
        var repository = RepositoryOf(host);

        var isRefused = await IsRefusedAsync(repository, "m");
        store.Put("top/m/schema.json", """{"prefixItems": [{"maximum": 1}]}"""u8.ToArray());
        await RefreshAsync(repository);

        Assert.True(isRefused);
        Assert.False(await IsRefusedAsync(repository, "m"));
        Assert.Equal(["top/m/1/model.flm", "top/m/schema.json", "top/m/schema.json"], store.Reads);
    }

    [Fact]
    public async Task Start_WithoutTheStore_GoesByWhatIsInTheCache()
    {
        store.Put("top/m/model.flm", Xor);
        using (var host = await StartAsync())
        {
            await ClassOfAsync(RepositoryOf(host), "m");
        }

        store.IsThere = false;
        using var again = await StartAsync();

        Assert.Equal("MLPClassifier", await ClassOfAsync(RepositoryOf(again), "m"));
        var failure = await Assert.ThrowsAsync<FlamaException>(() => RepositoryOf(again).RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Equal("'mem://bucket/top' cannot be read: it answers 403.", failure.Message);
    }

    [Theory]
    [InlineData("https://models.example.org/production", "'https://models.example.org/production' cannot be read: 'https' has no listing of files.")]
    [InlineData("ftp://models.example.org/production", "No source reads 'ftp://models.example.org/production'.")]
    [InlineData("mem://bucket/never", "'mem://bucket/never' cannot be read: it answers 403.")]
    public async Task Start_WithoutAListing_FailsAndSaysWhy(string location, string message)
    {
        store.IsThere = false;

        var failure = await Assert.ThrowsAsync<FlamaException>(() => StartAsync(location));

        Assert.Equal((ErrorCodes.SourceUnavailable, message), (failure.Code, failure.Message));
    }

    [Theory]
    [InlineData("mem://bucket/a/b%20c.flm", "bucket", "a/b c.flm")]
    [InlineData("mem://my_bucket/%3F%23%25", "my_bucket", "?#%")]
    [InlineData("mem://bucket", "bucket", "")]
    public void Location_ReadsAndWritesNames(string text, string container, string name)
    {
        var location = StoreLocation.Of(new Uri(text));

        Assert.Equal(new StoreLocation(container, name), location);
        Assert.Equal(location, StoreLocation.Of(StoreLocation.At(new Uri(text), name)));
    }

    [Theory]
    [InlineData("mem://user:secret@bucket/a")]
    [InlineData("mem://bucket:80/a")]
    [InlineData("mem://bucket/a?versionId=1")]
    public void Location_WithAnythingElse_IsRefusedWithoutShowingIt(string text)
    {
        var failure = Assert.Throws<FlamaException>(() => StoreLocation.Of(new Uri(text)));

        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    private async Task<IHost> StartAsync(string location = "mem://bucket/top")
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IModelSource>(store);
        builder.Services.Configure<SourceOptions>(sources => sources.CacheDirectory = directory.Root);
        builder.Services.AddFlama(flama => flama.Updates.WarmUp = TimeSpan.Zero).AddRepository(location, options => options.PollInterval = TimeSpan.Zero);
        return await StartedHost.OfAsync(builder);
    }

    // What has changed is taken when it looks the same twice.
    private static async Task RefreshAsync(ModelRepository repository)
    {
        await repository.RefreshAsync(TestContext.Current.CancellationToken);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);
    }

    private static ModelRepository RepositoryOf(IHost host) => host.Services.GetRequiredService<ModelRepository>();

    private static async Task<bool> IsRefusedAsync(ModelRepository repository, string name)
    {
        using var lease = await repository.AcquireAsync(name, null, TestContext.Current.CancellationToken);
        try
        {
            lease.Loaded.PredictLabels([[1, 0]]);
            return false;
        }
        catch (FlamaException)
        {
            return true;
        }
    }

    private static RepositoryModel Model(ModelRepository repository, string name) => repository.TryGet(name, out var model) ? model : throw new KeyNotFoundException(name);

    private static async Task<string> ClassOfAsync(ModelRepository repository, string name)
    {
        using var lease = await repository.AcquireAsync(name, null, TestContext.Current.CancellationToken);
        return lease.Model.Metadata.ModelClass;
    }
}
