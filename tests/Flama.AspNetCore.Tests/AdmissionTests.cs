using Flama.Tests;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.AspNetCore.Tests;

public sealed class AdmissionTests
{
    private const string Row = """{"input":[[1]]}""";

    [Fact]
    public async Task Request_LongerThanItsTime_StopsTheModel_AndIs504()
    {
        TaskCompletionSource stopped = new();
        await using var host = await StartAsync(
            (_, options) =>
            {
                options.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
                stopped.SetResult();
                options.CancellationToken.ThrowIfCancellationRequested();
                return PredictionBatch.RentVector(PredictionKind.Float, 1);
            },
            http => http.RequestTimeout = TimeSpan.FromMilliseconds(50));

        var answer = await host.PostAsync("/predict/", Row);

        await stopped.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((504, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal("urn:flama:error:timed_out", answer.Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Request_OfARepositoryThatTakesTooLong_Is504()
    {
        using TemporaryDirectory directory = new();
        Directory.CreateDirectory(directory.PathOf("xor"));
        File.Copy(Fixtures.PathOf("http", "flama-2.2", "models", "xor.flm"), directory.PathOf("xor/model.flm"));
        await using var host = await FlamaHost.StartAsync(
            app =>
            {
                app.UseRequestTimeouts();
                app.MapModels();
            },
            http => http.RequestTimeout = TimeSpan.FromMilliseconds(50),
            builder => builder.Services.AddRequestTimeouts().AddFlama().AddRepository(directory.Root, options => options.PollInterval = TimeSpan.Zero));
        using var client = await RawClient.ConnectAsync(host.Address);
        using StreamReader reader = new(client.GetStream());

        await client.GetStream().WriteAsync(
            "POST /xor/predict/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal("HTTP/1.1 504 Gateway Timeout", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Request_WithoutAPlace_Is503WithRetryAfter_AndTheNextIsAnswered()
    {
        using ManualResetEventSlim begun = new(), go = new();
        await using var host = await StartAsync(
            (input, _) =>
            {
                begun.Set();
                go.Wait(TestContext.Current.CancellationToken);
                return PredictionBatch.RentVector(PredictionKind.Float, input.Rows);
            },
            http => (http.MaxModelConcurrency, http.MaxModelQueue) = (1, 0));

        var first = host.PostAsync("/predict/", Row);
        begun.Wait(TestContext.Current.CancellationToken);
        var refused = await host.PostAsync("/predict/", Row);
        go.Set();
        var answered = await first;
        var next = await host.PostAsync("/predict/", Row);

        Assert.Equal((503, "1"), (refused.Status, Assert.Single(refused.Headers.GetValues("Retry-After"))));
        Assert.Equal("urn:flama:error:overloaded", refused.Json.GetProperty("type").GetString());
        Assert.Equal((200, 200), (answered.Status, next.Status));
    }

    [Fact]
    public async Task Stream_TakesAPlaceForEachLine_AndWaitsForIt()
    {
        var (inside, most) = (0, 0);
        await using var host = await StartAsync(
            (input, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                Thread.Yield();
                Interlocked.Decrement(ref inside);
                return PredictionBatch.RentVector(PredictionKind.Float, input.Rows);
            },
            http => (http.MaxModelConcurrency, http.MaxModelQueue) = (1, 0));
        var lines = string.Concat(Enumerable.Repeat("[[1]]\n", 50));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.PostAsync("/stream/", lines, "application/x-ndjson")));

        Assert.Equal(1, most);
        Assert.All(answers, answer => Assert.Equal(string.Concat(Enumerable.Repeat("{\"output\":[0.0]}\n", 50)), answer.Body));
    }

    [Theory]
    [InlineData("""{"input":[[1],[1]]}""", 200, "")]
    [InlineData("""{"input":[[1],[1],[1]]}""", 413, "The input has 3 rows, and the limit is 2.")]
    public async Task Rows_AboveTheLimit_Are413(string body, int expected, string detail)
    {
        await using var host = await StartAsync((input, _) => PredictionBatch.RentVector(PredictionKind.Float, input.Rows), http => http.MaxRows = 2);

        var answer = await host.PostAsync("/predict/", body);

        Assert.Equal(expected, answer.Status);
        Assert.Contains(detail, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_AboveTheLimit_Are413_InALineOfAStreamToo()
    {
        await using var host = await StartAsync((input, _) => PredictionBatch.RentVector(PredictionKind.Float, input.Rows), http => http.MaxCells = 2);

        var answer = await host.PostAsync("/stream/", "[[1]]\n[[1],[2],[3]]\n[[1]]\n", "application/x-ndjson");

        var lines = answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("{\"output\":[0.0]}", lines[0]);
        Assert.Contains("The input has 3 values, and the limit is 2.", lines[1], StringComparison.Ordinal);
        Assert.Equal("{\"output\":[0.0]}", lines[2]);
    }

    private static Task<FlamaHost> StartAsync(Func<FeatureBatch, InvokeOptions, PredictionBatch> predict, Action<FlamaHttpOptions> options)
    {
        FakeModel model = new("Slow", new TableMethod(
            ModelMethod.Predict, new TableSpec([new(FeatureKind.Number)]), [OutputSpec.OfRows(PredictionKind.Float)], (FeatureBatch input, in InvokeOptions options) => ModelOutput.Of(predict(input, options))));
        return FlamaHost.StartAsync(
            app =>
            {
                app.UseRequestTimeouts();
                app.MapModel("/", model);
            },
            options,
            builder => builder.Services.AddRequestTimeouts());
    }
}
