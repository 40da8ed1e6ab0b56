using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Caching;
using Flama.AspNetCore.Stores;
using Flama.Tests;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flama.AspNetCore.Tests;

public sealed class PredictionCacheTests
{
    private static readonly ModelMethod Predict = FakeModels.Linear().GetMethod(ModelMethod.Predict);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Get_BySeveralAtATime_ComputesOnce()
    {
        using var cache = Cache();
        using ManualResetEventSlim begun = new(), go = new();
        var computed = 0;
        void Begin()
        {
            Interlocked.Increment(ref computed);
            begun.Set();
            go.Wait(TestContext.Current.CancellationToken);
        }

        var first = Task.Run(async () => await cache.GetAsync(new(1, 1), Hour, false, Call(Begin), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        begun.Wait(TestContext.Current.CancellationToken);
        var others = Enumerable.Range(0, 3).Select(_ => cache.GetAsync(new(1, 1), Hour, false, Call(Begin), TestContext.Current.CancellationToken).AsTask()).ToList();
        go.Set();
        var results = await Task.WhenAll([first, .. others]);

        Assert.Equal(1, computed);
        Assert.All(results, result => Assert.Same(results[0], result));
        Assert.Same(results[0], cache.Find(new(1, 1)));
    }

    [Fact]
    public async Task Get_ThatFails_IsNotKept_AndFailsOnlyItsOwn()
    {
        using var cache = Cache();
        using ManualResetEventSlim begun = new(), go = new();
        var first = Task.Run(
            async () => await cache.GetAsync(
                new(1, 1),
                Hour,
                false,
                Call(() =>
                {
                    begun.Set();
                    go.Wait(TestContext.Current.CancellationToken);
                    throw new OperationCanceledException();
                }),
                TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);
        begun.Wait(TestContext.Current.CancellationToken);
        var second = cache.GetAsync(new(1, 1), Hour, false, Call(() => { }), TestContext.Current.CancellationToken).AsTask();
        go.Set();

        await Assert.ThrowsAsync<OperationCanceledException>(() => first);
        Assert.Equal("[\"yes\"]"u8.ToArray(), CachedAnswer.OutputOf(await second).ToArray());
        Assert.Null(cache.Find(new(1, 1)));
    }

    [Fact]
    public async Task Memory_IsBounded()
    {
        using PredictionCache cache = new(new PredictionCacheOptions { MaxBytes = 1 << 20 }, null, new StoreCircuit("", NullLogger<StoreCircuit>.Instance), TimeProvider.System);

        for (var i = 1; i <= 500; i++)
        {
            await cache.GetAsync(new((UInt128)i, 0), Hour, false, Call(() => { }, rows: 3000), TestContext.Current.CancellationToken);
        }

        var kept = Enumerable.Range(1, 500).Select(i => cache.Find(new((UInt128)i, 0))).Sum(answer => (long)(answer?.Length ?? 0));
        Assert.InRange(kept, 1, 1 << 20);
    }

    [Fact]
    public async Task Answer_IsKeptForItsTime_WhateverTheClockIsSetTo()
    {
        SteppedClock clock = new();
        using var cache = Cache(clock);
        await cache.GetAsync(new(1, 1), Hour, false, Call(() => { }), TestContext.Current.CancellationToken);

        clock.Step(TimeSpan.FromDays(400));
        var afterForward = cache.Find(new(1, 1));
        clock.Step(TimeSpan.FromDays(-800));
        clock.Pass(Hour - TimeSpan.FromSeconds(1));
        var beforeItsEnd = cache.Find(new(1, 1));
        clock.Pass(TimeSpan.FromSeconds(2));
        var afterItsEnd = cache.Find(new(1, 1));

        Assert.NotNull(afterForward);
        Assert.NotNull(beforeItsEnd);
        Assert.Null(afterItsEnd);
    }

    [Fact]
    public async Task Store_OfTheApplication_IsAskedAndFilled_AndDamagedAnswersAreNotTaken()
    {
        DictionaryStore store = new();
        await using var host = await FlamaHost.StartAsync(
            app => app.MapModel("/", FakeModels.Linear()),
            configure: builder =>
            {
                builder.Services.AddSingleton<IPredictionStore>(store);
                builder.Services.AddFlama().AddFlamaCache(cache => cache.MaxRows = 1);
            });

        var first = await host.PostAsync("/predict/", """{"input":[[1,1]]}""");
        var second = await host.PostAsync("/predict/", """{"input":[[1,1]]}""");
        var large = await host.PostAsync("/predict/", """{"input":[[1,1],[1,1]]}""");

        Assert.Equal(("""{"output":["yes"]}""", "miss"), (first.Body, Assert.Single(first.Headers.GetValues("X-Cache"))));
        Assert.Equal(("""{"output":["yes"]}""", "hit"), (second.Body, Assert.Single(second.Headers.GetValues("X-Cache"))));
        Assert.False(large.Headers.Contains("X-Cache"));

        // A model without a file has no name that another instance would know.
        Assert.Empty(store.Answers);
        Assert.False(CachedAnswer.IsWhole([9, 0, 0, 0, 1]) || CachedAnswer.IsWhole([1, 2]) || CachedAnswer.IsWhole([255, 255, 255, 255, 1]) || CachedAnswer.IsWhole(null));
    }

    private static PredictionCache Cache(TimeProvider? time = null) =>
        new(new PredictionCacheOptions(), null, new StoreCircuit("", NullLogger<StoreCircuit>.Instance), time ?? TimeProvider.System);

    private static CachedCall Call(Action compute, int rows = 1) => new(
        new PooledBuffers(),
        () =>
        {
            compute();
            using var input = FeatureBatch.Wrap([.. Enumerable.Repeat(1.0, 2 * rows)], 2);
            return ValueTask.FromResult(Predict.Invoke(input, default));
        },
        () => null);

    private sealed class DictionaryStore : IPredictionStore
    {
        public Dictionary<string, byte[]> Answers { get; } = [];

        public Task<byte[]?> GetAsync(string name) => Task.FromResult(Answers.GetValueOrDefault(name));

        public Task<bool> SetAsync(string name, byte[] answer, TimeSpan time) => Task.FromResult(Answers.TryAdd(name, answer));
    }
}
