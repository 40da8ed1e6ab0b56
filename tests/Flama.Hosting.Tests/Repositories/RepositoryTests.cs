using Flama.Hosting.Repository;
using Flama.Schemas;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Flama.Tests.Repositories;

public sealed class RepositoryTests : RepositoryTestBase
{
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
        Assert.DoesNotContain(Root, failure.Message, StringComparison.Ordinal);
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
}
