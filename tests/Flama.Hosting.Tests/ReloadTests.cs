using System.Diagnostics;
using Flama.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flama.Tests;

/// <summary>A load that does not end, and hears of no cancellation.</summary>
public sealed class ReloadTests
{
    private static readonly string Xor = Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");
    private static readonly string Churn = Fixtures.PathOf("flm", "churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    [Fact]
    public async Task SlowLoad_OfOneModel_HoldsUpNeitherTheOthersNorTheStop()
    {
        using StuckEngine engine = new();
        using TemporaryCopy slow = new(Xor);
        using TemporaryCopy quick = new(Xor);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddFlamaHosting(flama => flama.Engines.Add(engine))
            .AddModel("slow", slow.Path, Watched)
            .AddModel("quick", quick.Path, Watched);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var served = host.Services.GetRequiredKeyedService<ServedModel>("quick");
        TaskCompletionSource replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
        served.Replaced += (_, _) => replaced.TrySetResult();

        engine.IsStuck = true;
        slow.ReplaceWith(Churn);
        await engine.Reached.WaitAsync(TestContext.Current.CancellationToken);
        engine.IsStuck = false;
        quick.ReplaceWith(Churn);
        await replaced.Task.WaitAsync(TestContext.Current.CancellationToken);
        var start = Stopwatch.GetTimestamp();
        await host.StopAsync(TestContext.Current.CancellationToken);
        var stopping = Stopwatch.GetElapsedTime(start);

        // The host gives services thirty seconds to stop; the load would take all of them.
        Assert.InRange(stopping, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Equal("MLPClassifier", ClassOf(host, "slow"));
        Assert.Equal("Pipeline", ClassOf(host, "quick"));
    }

    [Fact]
    public async Task SlowLoad_FileThatChangesAgain_IsGivenUp()
    {
        using StuckEngine engine = new();
        using TemporaryCopy file = new(Xor);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddFlamaHosting(flama => flama.Engines.Add(engine)).AddModel("m", file.Path, Watched);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        TaskCompletionSource replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredKeyedService<ServedModel>("m").Replaced += (_, _) => replaced.TrySetResult();

        engine.IsStuck = true;
        file.ReplaceWith(Xor);
        await engine.Reached.WaitAsync(TestContext.Current.CancellationToken);
        engine.IsStuck = false;
        file.ReplaceWith(Churn);
        await replaced.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Pipeline", ClassOf(host, "m"));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static void Watched(ServedModelOptions model) => model.ReloadOnChange(TimeSpan.FromMilliseconds(10));

    private static string ClassOf(IHost host, string name)
    {
        using var lease = host.Services.GetRequiredKeyedService<ServedModel>(name).Acquire();
        return lease.Model.Metadata.ModelClass;
    }

    private sealed class StuckEngine : IModelEngine, IDisposable
    {
        private readonly ModelEngines engines = new ModelEngines().AddManaged();
        private readonly ManualResetEventSlim goOn = new();

        public string Name => "stuck";

        public bool IsStuck { get; set; }

        public SemaphoreSlim Reached { get; } = new(0);

        public bool CanLoad(ModelSource source) => true;

        public Model Load(ModelSource source, LoadOptions options)
        {
            if (IsStuck)
            {
                Reached.Release();
                goOn.Wait(CancellationToken.None);
            }

            return engines.Load(source, options);
        }

        public void Dispose() => goOn.Set();
    }
}
