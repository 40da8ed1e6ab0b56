using System.Text;
using Flama.Hosting;
using Flama.Hosting.Repository;
using Flama.Packaging;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Flama.Tests.Repositories;

/// <summary>Which version answers: policies, promotions, new files, and versions that cannot be loaded.</summary>
public sealed class RepositoryVersionTests : RepositoryTestBase
{
    [Fact]
    public async Task Refresh_NewVersion_TakesOverAfterItsExam_AndAnOldOneIsUnloaded()
    {
        Put("m/1/model.flm", Xor);
        using var host = await StartAsync();
        var repository = RepositoryOf(host);
        await ClassOfAsync(repository, "m");
        var old = Model(repository, "m").Default!;

        Put("m/2/model.flm", Churn);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);
        var early = Model(repository, "m").Default!.Name;
        await repository.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("1", "2"), (early, Model(repository, "m").Default!.Name));
        Assert.Equal("Pipeline", await ClassOfAsync(repository, "m"));
        Assert.Equal(["2"], Model(repository, "m").Versions.Select(version => version.Name));
        Assert.False(old.IsLoaded);
    }

    [Fact]
    public async Task Refresh_NewVersionThatFailsItsCases_LeavesTheOldOne()
    {
        Put("m/1/model.flm", Xor);
        using var host = await StartAsync();
        var repository = RepositoryOf(host);
        using (var source = ModelPackage.Open(Xor))
        {
            Directory.CreateDirectory(PathOf("m/2"));
            var cases = Encoding.UTF8.GetBytes("""[{"input": [[0, 1]], "output": [0]}]""");
            ModelPackage.Save(PathOf("m/2/model.flm"), new PackageBuilder(source, new ModelEngines().AddManaged()).AddArtifact(ArtifactContent.FromBytes("cases.json", cases)).Build());
        }

        await repository.RefreshAsync(TestContext.Current.CancellationToken);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);
        var health = await HealthOf(host);

        Assert.Equal(("1", "version 2 is not taken (exam_failed)"), (Model(repository, "m").Default!.Name, Model(repository, "m").Fault));
        Assert.Equal("MLPClassifier", await ClassOfAsync(repository, "m"));
        Assert.Equal(HealthStatus.Degraded, health.Status);
    }

    [Fact]
    public async Task Refresh_FileInPlaceOfALoadedOne_IsTaken_AndModelsThatAreGoneAreNotFound()
    {
        Put("m/model.flm", Xor);
        Put("gone/model.flm", Xor);
        using var host = await StartAsync();
        var repository = RepositoryOf(host);
        await ClassOfAsync(repository, "m");
        using var lease = await repository.AcquireAsync("gone", null, TestContext.Current.CancellationToken);

        Put("m/model.flm", Churn);
        Directory.Delete(PathOf("gone"), recursive: true);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Pipeline", await ClassOfAsync(repository, "m"));
        Assert.False(repository.TryGet("gone", out _));
        Assert.Equal("MLPClassifier", lease.Model.Metadata.ModelClass);
    }

    [Fact]
    public async Task Promote_RollBack_Label_ArePersistent()
    {
        Put("m/1/model.flm", Xor);
        Put("m/2/model.flm", Churn);
        using (var host = await StartAsync())
        {
            var repository = RepositoryOf(host);
            Assert.True(await repository.PromoteAsync("m", "1", cancellationToken: TestContext.Current.CancellationToken));
            Assert.True(await repository.PromoteAsync("m", "2", "canary", TestContext.Current.CancellationToken));
            Assert.Equal(("MLPClassifier", "Pipeline"), (await ClassOfAsync(repository, "m"), await ClassOfAsync(repository, "m", "canary")));
        }

        using var again = await StartAsync();
        var second = RepositoryOf(again);
        Assert.Equal(("1", "2"), (Model(second, "m").Default!.Name, Model(second, "m").Labels["canary"]));

        await second.RollBackAsync("m", TestContext.Current.CancellationToken);

        Assert.Equal("2", Model(second, "m").Default!.Name);
        var failure = await Assert.ThrowsAsync<FlamaException>(() => second.RollBackAsync("m", TestContext.Current.CancellationToken));
        Assert.Equal("The model 'm' has no version to go back to.", failure.Message);
    }

    [Theory]
    [InlineData("all", "3,2,1")]
    [InlineData("latest:2", "3,2")]
    [InlineData("1,3", "3,1")]
    [InlineData("latest", "3")]
    public async Task Policy_DecidesWhatIsServed(string policy, string expected)
    {
        foreach (var version in new[] { "1", "2", "3" })
        {
            Put($"m/{version}/model.flm", Xor);
        }

        Assert.True(VersionPolicy.TryParse(policy, out var parsed));
        using var host = await StartAsync(options => options.Versions = parsed);

        Assert.Equal(expected, string.Join(',', Model(RepositoryOf(host), "m").Versions.Select(version => version.Name)));
    }

    [Fact]
    public async Task Acquire_NewestIsBrokenAtTheStart_IsServedByTheOneBeforeUntilTheFileChanges()
    {
        Put("m/1/model.flm", Xor);
        Put("m/2/model.flm", Xor);
        Put("m/3/model.flm", Fixtures.RepositoryPathOf("README.md"));
        using var host = await StartAsync();
        var repository = RepositoryOf(host);

        using (var lease = await repository.AcquireAsync("m", null, TestContext.Current.CancellationToken))
        {
            Assert.Equal("2", lease.Version.Name);
        }

        var model = Model(repository, "m");
        var why = model.Refused.Failure;
        await repository.RefreshAsync(TestContext.Current.CancellationToken);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);
        var health = await HealthOf(host);
        Assert.Equal(("2", "version 3 is not taken (not_a_model)"), (model.Default!.Name, model.Fault));
        Assert.Equal((HealthStatus.Degraded, "stale"), (health.Status, health.Entries["flama"].Data["m"]));
        Assert.Same(why, model.Refused.Failure);

        Put("m/3/model.flm", Churn);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Pipeline", await ClassOfAsync(repository, "m"));
        Assert.Equal(("3", null), (model.Default!.Name, model.Fault));
        Assert.Equal(HealthStatus.Healthy, (await HealthOf(host)).Status);
    }

    [Theory]
    [InlineData("3", null)]
    [InlineData("latest", "3")]
    public async Task Acquire_BrokenVersionThatIsNamed_IsNotAnsweredByAnother(string policy, string? version)
    {
        Put("m/2/model.flm", Xor);
        Put("m/3/model.flm", Fixtures.RepositoryPathOf("README.md"));
        Assert.True(VersionPolicy.TryParse(policy, out var parsed));
        using var host = await StartAsync(options => options.Versions = parsed);

        var failure = await Assert.ThrowsAsync<FlamaException>(async () => await RepositoryOf(host).AcquireAsync("m", version, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCodes.ModelUnavailable, failure.Code);
    }

    [Fact]
    public async Task Start_PinnedModelWhoseNewestIsBroken_IsServedByTheOneBefore()
    {
        Put("m/2/model.flm", Xor);
        Put("m/3/model.flm", Fixtures.RepositoryPathOf("README.md"));
        using var host = await StartAsync(options => options.Pinned.Add("m"));

        var version = Model(RepositoryOf(host), "m").Default!;

        Assert.Equal(("2", true), (version.Name, version.IsLoaded));
    }

    [Fact]
    public async Task Refresh_RefusedVersionThatIsGone_IsNoFaultAnyMore()
    {
        Put("m/2/model.flm", Xor);
        Put("m/3/model.flm", Fixtures.RepositoryPathOf("README.md"));
        using var host = await StartAsync();
        var repository = RepositoryOf(host);
        await ClassOfAsync(repository, "m");

        Directory.Delete(PathOf("m/3"), recursive: true);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Null(Model(repository, "m").Fault);
        Assert.Equal(HealthStatus.Healthy, (await HealthOf(host)).Status);
    }
}
