using System.Diagnostics.Metrics;
using Flama.Hosting;
using Flama.Hosting.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Flama.Tests;

public sealed class ServedModelTests
{
    private static readonly string Xor = Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");
    private static readonly string Churn = Fixtures.PathOf("flm", "churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    [Fact]
    public async Task AddModel_TwoModels_AreFoundByKeyAndInOrder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddFlama().AddModel("xor", Xor).AddModel("churn", Churn, model => model.LoadsLazily = true);
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);

        var models = host.Services.GetRequiredService<ServedModels>();
        Assert.Equal(["xor", "churn"], models.Models.Select(model => model.Name));
        Assert.Equal([true, false], models.Models.Select(model => model.IsLoaded));
        Assert.Equal(["1"], host.Services.GetRequiredKeyedService<ServedModel>("xor").PredictLabels([[0, 1]]));
        Assert.Contains("There are: xor, churn.", Assert.Throws<KeyNotFoundException>(() => models["other"]).Message, StringComparison.Ordinal);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task StartAsync_FileThatIsNotAModel_StopsTheStart()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddFlama().AddModel("broken", Fixtures.RepositoryPathOf("README.md"));
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<FlamaException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCodes.NotAModel, failure.Code);
    }

    [Fact]
    public async Task ReloadOnChange_FileReplaced_ServesTheNewModel()
    {
        using TemporaryCopy file = new(Xor);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddFlama().AddModel("m", file.Path, model => model.ReloadOnChange(TimeSpan.FromMilliseconds(10)));
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var served = host.Services.GetRequiredKeyedService<ServedModel>("m");
        TaskCompletionSource replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
        served.Replaced += (_, _) => replaced.TrySetResult();

        file.ReplaceWith(Churn);
        await replaced.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        using (var lease = served.Acquire())
        {
            Assert.Equal("Pipeline", lease.Model.Metadata.ModelClass);
        }

        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Reload_BrokenFile_KeepsTheModel()
    {
        using TemporaryCopy file = new(Xor);
        using ServedModel served = new("m", file.Path, _ => FlamaModel.Load(file.Path));
        served.Acquire().Dispose();
        file.ReplaceWith(Fixtures.RepositoryPathOf("README.md"));

        Assert.Throws<FlamaException>(() => served.Reload(TestContext.Current.CancellationToken));

        Assert.NotNull(served.LastError);
        Assert.Equal(["1"], served.PredictLabels([[0, 1]]));
    }

    [Fact]
    public async Task HealthCheck_FollowsTheModels()
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddHealthChecks();
        services.AddFlama().AddModel("xor", Xor, model => model.LoadsLazily = true);
        await using var provider = services.BuildServiceProvider();
        var health = provider.GetRequiredService<HealthCheckService>();
        _ = provider.GetRequiredKeyedService<ServedModel>("xor");

        var before = await health.CheckHealthAsync(TestContext.Current.CancellationToken);
        provider.GetRequiredKeyedService<ServedModel>("xor").Acquire().Dispose();
        var after = await health.CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Unhealthy, before.Status);
        Assert.Equal(HealthStatus.Healthy, after.Status);
    }

    [Fact]
    public void Options_SeveralWrong_AreReportedTogether()
    {
        ServiceCollection services = new();
        services.AddFlama(flama =>
        {
            flama.Title = " ";
            flama.MaxDegreeOfParallelism = 0;
        });
        using var provider = services.BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<FlamaOptions>>().Value);

        Assert.Equal(2, failure.Failures.Count());
    }

    [Fact]
    public void Predict_WithAListener_IsMeasured()
    {
        using ServedModel served = new("measured", FlamaModel.Load(Xor));
        List<string> seen = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == FlamaDiagnostics.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.ToArray().Contains(new("flama.model", "measured")))
            {
                seen.Add($"{instrument.Name} {value}");
            }
        });
        listener.Start();

        _ = served.PredictLabels([[0, 1], [1, 1]]);

        Assert.Equal(["flama.predict.rows 2"], seen);
    }
}
