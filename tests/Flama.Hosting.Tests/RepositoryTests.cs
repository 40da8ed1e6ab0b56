using System.Text;
using Flama.Hosting;
using Flama.Hosting.Repository;
using Flama.Packaging;
using Flama.Schemas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Flama.Tests;

public sealed class RepositoryTests : IDisposable
{
    private const long Budget = 1 << 20;

    private static readonly string Xor = Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");
    private static readonly string Churn = Fixtures.PathOf("flm", "churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Start_EveryLayout_IsFoundAndNothingIsLoaded()
    {
        Put("plain/model.flm", Xor);
        Put("other-name/best.bin", Xor);
        Put("versions/1/model.flm", Xor);
        Put("versions/9/model.flm", Xor);
        Put("versions/10/model.flm", Churn);
        Put("triton/1/model.onnx", Fixtures.RepositoryPathOf("README.md"));
        Put("triton/config.pbtxt", Fixtures.RepositoryPathOf("README.md"));
        Put("two/a.flm", Xor);
        Put("two/b.flm", Xor);
        Put("bad name/model.flm", Xor);
        Put(".hidden/model.flm", Xor);
        using var host = await StartAsync();
        var repository = RepositoryOf(host);

        Assert.Equal(["bad name", "other-name", "plain", "triton", "two", "versions"], repository.Models.Select(model => model.Name));
        Assert.Equal(["bad name", "two"], repository.Models.Where(model => model.Fault is not null).Select(model => model.Name));
        Assert.Equal("10", Model(repository, "versions").Default!.Name);
        Assert.All(repository.Models.SelectMany(model => model.Versions), version => Assert.False(version.IsLoaded));
        Assert.Equal(("Pipeline", "MLPClassifier"), (await ClassOfAsync(repository, "versions"), await ClassOfAsync(repository, "other-name")));
    }

    [Fact]
    public async Task Acquire_FormatThatNoEngineServes_FailsAlone()
    {
        Put("triton/1/model.onnx", Fixtures.RepositoryPathOf("README.md"));
        Put("xor/model.flm", Xor);
        using var host = await StartAsync();
        var repository = RepositoryOf(host);

        var failure = await Assert.ThrowsAsync<FlamaException>(async () => await repository.AcquireAsync("triton", null, TestContext.Current.CancellationToken));
        var health = await HealthOf(host);

        Assert.Equal(ErrorCodes.ModelUnavailable, failure.Code);
        Assert.DoesNotContain(directory.Root, failure.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.NotAModel, Assert.IsType<FlamaException>(Model(repository, "triton").Default!.LastError).Code);
        Assert.Equal("MLPClassifier", await ClassOfAsync(repository, "xor"));
        Assert.Equal((HealthStatus.Degraded, "failed", "not_loaded"), (health.Status, health.Entries["flama"].Data["triton"], health.Entries["flama"].Data["xor"]));
    }

    [Fact]
    public async Task Acquire_FileThatWasMended_IsTriedAgain()
    {
        Put("m/model.flm", Fixtures.RepositoryPathOf("README.md"));
        using var host = await StartAsync();
        var repository = RepositoryOf(host);
        await Assert.ThrowsAsync<FlamaException>(async () => await repository.AcquireAsync("m", null, TestContext.Current.CancellationToken));

        Put("m/model.flm", Xor);

        Assert.Equal("MLPClassifier", await UntilAsync(() => ClassOfAsync(repository, "m")));
        Assert.Null(Model(repository, "m").Default!.LastError);
    }

    [Fact]
    public async Task Acquire_ManyAtOnce_LoadOnce()
    {
        Put("xor/model.flm", Xor);
        using var host = await StartAsync();
        var repository = RepositoryOf(host);

        var leases = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => repository.AcquireAsync("xor", null, TestContext.Current.CancellationToken).AsTask()));

        Assert.Single(leases.Select(lease => lease.Loaded).Distinct());
        Assert.False(repository.Unload("xor"), "A model in use was unloaded.");
        foreach (var lease in leases)
        {
            lease.Dispose();
        }

        Assert.True(repository.Unload("xor"));
        Assert.False(Model(repository, "xor").Default!.IsLoaded);
    }

    [Theory]
    [InlineData("nope", null, "There is no model 'nope'.")]
    [InlineData("xor", "7", "The model 'xor' has no version or label '7' that is served.")]
    public async Task Acquire_WhatIsNotThere_IsNotFound(string name, string? version, string message)
    {
        Put("xor/model.flm", Xor);
        using var host = await StartAsync();

        var failure = await Assert.ThrowsAsync<FlamaException>(async () => await RepositoryOf(host).AcquireAsync(name, version, TestContext.Current.CancellationToken));

        Assert.Equal((ErrorCodes.ModelNotFound, message), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task Acquire_MoreThanTheBudget_UnloadsWhatWasNotUsedLongest_ButNothingInUseOrPinned()
    {
        const int count = 60;
        for (var i = 0; i < count; i++)
        {
            Put($"m{i}/model.flm", Churn);
        }

        ModelRepository? repository = null;
        using var host = await StartAsync(options =>
        {
            options.MemoryBudgetBytes = Budget;
            options.MinResidency = TimeSpan.Zero;
            options.Pinned.Add("m0");
            options.HeapBytes = () => HeapOf(repository);
        });
        repository = RepositoryOf(host);
        using var used = await repository.AcquireAsync("m1", null, TestContext.Current.CancellationToken);

        for (var i = 2; i < count; i++)
        {
            Assert.Equal("Pipeline", await ClassOfAsync(repository, $"m{i}"));
        }

        var loaded = repository.Models.Where(model => model.Default!.IsLoaded).Select(model => model.Name).ToList();
        Assert.InRange(repository.MemoryBytes, 1, Budget);
        Assert.InRange(loaded.Count, 3, count - 1);
        Assert.Contains("m0", loaded);
        Assert.Contains("m1", loaded);
        Assert.Contains($"m{count - 1}", loaded);
        Assert.DoesNotContain("m2", loaded);
    }

    [Fact]
    public async Task Acquire_WhileAllOthersAreInUse_IsRefusedForNow()
    {
        for (var i = 0; i < 100; i++)
        {
            Put($"m{i}/model.flm", Churn);
        }

        ModelRepository? repository = null;
        using var host = await StartAsync(options => (options.MemoryBudgetBytes, options.MinResidency, options.HeapBytes) = (Budget, TimeSpan.Zero, () => HeapOf(repository)));
        repository = RepositoryOf(host);
        List<RepositoryLease> leases = [];

        var failure = await Assert.ThrowsAsync<FlamaException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                leases.Add(await repository.AcquireAsync($"m{i}", null, TestContext.Current.CancellationToken));
            }
        });

        Assert.Equal(ErrorCodes.Overloaded, failure.Code);
        Assert.All(leases, lease => Assert.Equal("Pipeline", lease.Model.Metadata.ModelClass));
        leases.ForEach(lease => lease.Dispose());
        Assert.Equal("Pipeline", await ClassOfAsync(repository, "m99"));
    }

    [Fact]
    public async Task Acquire_WhatWasOnlyJustLoaded_IsNotUnloadedForOthers()
    {
        for (var i = 0; i < 100; i++)
        {
            Put($"m{i}/model.flm", Churn);
        }

        ModelRepository? repository = null;
        using var host = await StartAsync(options => (options.MemoryBudgetBytes, options.MinResidency, options.HeapBytes) = (Budget, TimeSpan.FromHours(1), () => HeapOf(repository)));
        repository = RepositoryOf(host);

        var failure = await Assert.ThrowsAsync<FlamaException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await ClassOfAsync(repository, $"m{i}");
            }
        });

        Assert.Equal(ErrorCodes.Overloaded, failure.Code);
        Assert.True(Model(repository, "m0").Default!.IsLoaded);
    }

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
            Directory.CreateDirectory(directory.PathOf("m/2"));
            var cases = Encoding.UTF8.GetBytes("""[{"input": [[0, 1]], "output": [0]}]""");
            ModelPackage.Save(directory.PathOf("m/2/model.flm"), new PackageBuilder(source, new ModelEngines().AddManaged()).AddArtifact(ArtifactContent.FromBytes("cases.json", cases)).Build());
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
        Directory.Delete(directory.PathOf("gone"), recursive: true);
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
    public async Task Health_OfAnEmptyRepository_IsUnhealthy()
    {
        using var host = await StartAsync();

        Assert.Equal(HealthStatus.Unhealthy, (await HealthOf(host)).Status);
    }

    [Fact]
    public async Task Start_PinnedModelThatIsNotThere_StopsIt()
    {
        Put("m/model.flm", Xor);

        var failure = await Assert.ThrowsAsync<FlamaException>(() => StartAsync(options => options.Pinned.Add("n")));

        Assert.Equal(ErrorCodes.InvalidOption, failure.Code);
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

        Directory.Delete(directory.PathOf("m/3"), recursive: true);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Null(Model(repository, "m").Fault);
        Assert.Equal(HealthStatus.Healthy, (await HealthOf(host)).Status);
    }

    [Fact]
    public async Task Schema_BesideModelOrVersion_IsThatOfItsRows_AndIsReadAgain()
    {
        Put("m/1/model.flm", Xor);
        Put("m/2/model.flm", Xor);
        PutText("m/schema.json", """{"prefixItems": [{"maximum": 5}]}""");
        PutText("m/1/schema.json", """{"prefixItems": [{"maximum": 0}]}""");
        Put("lone/best.bin", Xor);
        PutText("lone/schema.json", """{"prefixItems": [{"maximum": 0}]}""");
        using var host = await StartAsync(options => options.Versions = VersionPolicy.All);
        var repository = RepositoryOf(host);

        Assert.Null(await RefusedAsync(repository, "m", "2"));
        Assert.Equal("maximum", (await RefusedAsync(repository, "m", "1"))?.Rule);
        Assert.Equal("maximum", (await RefusedAsync(repository, "lone", null))?.Rule);

        PutText("m/1/schema.json", """{"prefixItems": [{"maximum": 1}]}""");
        await repository.RefreshAsync(TestContext.Current.CancellationToken);
        await repository.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Null(await RefusedAsync(repository, "m", "1"));
    }

    [Fact]
    public async Task Schema_WhereValidationIsOff_IsNotLookedAt()
    {
        Put("m/model.flm", Xor);
        PutText("m/schema.json", """{"prefixItems": [{"maximum": 0}]}""");
        using var host = await StartAsync(options => options.Validation = ValidationMode.Off);

        Assert.Null(await RefusedAsync(RepositoryOf(host), "m", null));
    }

    // A tenth of a megabyte for each loaded model, beside what the process holds anyway.
    private static long HeapOf(ModelRepository? repository) => 10_000_000 + (100_000L * (repository?.Models.Count(model => model.Default!.IsLoaded) ?? 0));

    private async Task<IHost> StartAsync(Action<RepositoryOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHealthChecks();
        builder.Services.AddFlama(flama => flama.Updates.WarmUp = TimeSpan.Zero).AddRepository(directory.Root, options =>
        {
            options.PollInterval = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        var host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static ModelRepository RepositoryOf(IHost host) => host.Services.GetRequiredService<ModelRepository>();

    private static Task<HealthReport> HealthOf(IHost host) => host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

    private static RepositoryModel Model(ModelRepository repository, string name) => repository.TryGet(name, out var model) ? model : throw new KeyNotFoundException(name);

    private static async Task<string> ClassOfAsync(ModelRepository repository, string name, string? version = null)
    {
        using var lease = await repository.AcquireAsync(name, version, TestContext.Current.CancellationToken);
        return lease.Model.Metadata.ModelClass;
    }

    private static async Task<string> UntilAsync(Func<Task<string>> ask)
    {
        var deadline = Environment.TickCount64 + 20_000;
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (FlamaException) when (Environment.TickCount64 < deadline)
            {
                // A file that failed is looked at again after a second.
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    // What is wrong with a row that has a one in it; null for nothing.
    private static async Task<InputProblem?> RefusedAsync(ModelRepository repository, string name, string? version)
    {
        using var lease = await repository.AcquireAsync(name, version, TestContext.Current.CancellationToken);
        try
        {
            lease.Loaded.PredictLabels([[1, 0]]);
            return null;
        }
        catch (FlamaException failure)
        {
            return failure.Problems[0];
        }
    }

    private void PutText(string path, string text)
    {
        var file = directory.PathOf("text.tmp");
        File.WriteAllText(file, text);
        Put(path, file);
        File.Delete(file);
    }

    private void Put(string path, string source)
    {
        var target = directory.PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, $"{target}.new", overwrite: true);
        File.Move($"{target}.new", target, overwrite: true);
    }
}
