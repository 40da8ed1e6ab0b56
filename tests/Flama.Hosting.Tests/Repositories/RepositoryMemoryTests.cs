using Flama.Hosting.Repository;

namespace Flama.Tests.Repositories;

/// <summary>Which models stay in memory under a budget.</summary>
public sealed class RepositoryMemoryTests : RepositoryTestBase
{
    private const long Budget = 1 << 20;

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

    // A tenth of a megabyte for each loaded model, beside what the process holds anyway.
    private static long HeapOf(ModelRepository? repository) => 10_000_000 + (100_000L * (repository?.Models.Count(model => model.Default!.IsLoaded) ?? 0));
}
