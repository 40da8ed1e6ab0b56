using System.Net;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>Answers that are kept, over real connections.</summary>
public sealed class CacheTests
{
    [Fact]
    public async Task Answer_ToTheSameRows_IsAHit_HoweverTheyAreWritten()
    {
        using TemporaryDirectory directory = new();
        await using var server = await StartAsync(directory, "--server-cache");

        List<(string Body, string Cache)> answers = [];
        foreach (var (path, body) in new[]
        {
            ("/predict/", """{"input": [[1.5]]}"""),
            ("/predict/", """{"input":[[ 15e-1 ]]}"""),
            ("/predict/?include=cached", """{"input":[[1.5]]}"""),
            ("/predict/?include=cached", """{"input":[[1.25]]}"""),
            ("/predict/", """{"input":[[1.5],[1.5]]}"""),
        })
        {
            using var answer = await server.PostAsync(path, body);
            answers.Add((await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), Assert.Single(answer.Headers.GetValues("X-Cache"))));
        }

        using var refused = await server.PostAsync("/predict/", """{"input":[["x"]]}""");
        using var refusedAgain = await server.PostAsync("/predict/", """{"input":[["x"]]}""");

        Assert.Equal(
            [
                ("""{"output":[4.0]}""", "miss"), ("""{"output":[4.0]}""", "hit"), ("""{"output":[4.0],"cached":true}""", "hit"),
                ("""{"output":[3.5],"cached":false}""", "miss"), ("""{"output":[4.0,4.0]}""", "miss"),
            ],
            answers);
        Assert.All([refused, refusedAgain], answer => Assert.Equal((HttpStatusCode.BadRequest, false), (answer.StatusCode, answer.Headers.Contains("X-Cache"))));
    }

    [Fact]
    public async Task Model_ThatReplacedAnother_AnswersWithItsOwn()
    {
        using TemporaryDirectory directory = new();
        await using var server = await StartAsync(directory, "--server-cache=3600", "--server-reload", "--server-reload-delay=0.05");
        var before = await AskAsync(server);

        await File.WriteAllBytesAsync(directory.PathOf("next.pkl"), LinearModel.Pickle(7, 1), TestContext.Current.CancellationToken);
        File.Move(directory.PathOf("next.pkl"), directory.PathOf("linear.pkl"), overwrite: true);
        await server.Process.WaitForErrorAsync("Replaced");
        var after = await AskAsync(server);

        Assert.Equal(("""{"output":[3.0]}""", """{"output":[8.0]}"""), (before, after));
    }

    [Fact]
    public async Task Model_WithATimeOfItsOwn_IsKeptOrNot()
    {
        await using var server = await FlamaServer.StartAsync(
            ["--model", $"file={Xor.Path},name=kept", "--model", $"file={Xor.Path},name=other", "--server-port=0", "--server-cache-model", "kept=60"]);

        using var first = await server.PostAsync("/kept/predict/", """{"input":[[0,1]]}""");
        using var second = await server.PostAsync("/kept/predict/", """{"input":[[0,1]]}""");
        using var other = await server.PostAsync("/other/predict/", """{"input":[[0,1]]}""");

        Assert.Equal(("miss", "hit", false), (Assert.Single(first.Headers.GetValues("X-Cache")), Assert.Single(second.Headers.GetValues("X-Cache")), other.Headers.Contains("X-Cache")));
    }

    [Fact]
    public async Task HitsOfTheCache_AreInStatisticsMetricsAndLog()
    {
        using TemporaryDirectory directory = new();
        await using var server = await FlamaServer.StartAsync(
        [
            Xor.Path, "--server-port=0", "--server-cache", "--app-stats", "/stats", "--app-metrics", "/metrics", "--metrics-compat", "triton", "--prediction-log", directory.PathOf("p.jsonl"),
            "--server-no-access-log",
        ]);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            using var answer = await server.PostAsync("/predict/", """{"input":[[0,1],[1,1]]}""");
        }

        using var figures = JsonDocument.Parse(await server.GetStringAsync("/stats"));
        var metrics = await server.GetStringAsync("/metrics");
        await server.Process.SignalAsync("TERM");
        await server.Process.WaitForExitAsync();
        var log = await File.ReadAllLinesAsync(directory.PathOf("p.jsonl"), TestContext.Current.CancellationToken);

        var method = figures.RootElement.GetProperty("models")[0].GetProperty("versions")[0].GetProperty("methods")[0];
        var cached = method.GetProperty("cached");
        Assert.Equal((3, 6, "{\"0\":3,\"1\":3}"), (method.GetProperty("requests").GetInt32(), method.GetProperty("rows").GetInt32(), method.GetProperty("classes").GetRawText()));
        Assert.Equal((2, 4, "{\"0\":2,\"1\":2}"), (cached.GetProperty("requests").GetInt32(), cached.GetProperty("rows").GetInt32(), cached.GetProperty("classes").GetRawText()));
        Assert.True(cached.GetProperty("latency_ms").GetProperty("p50").GetDouble() > 0);
        Assert.Matches("flama_request_duration_seconds_count\\{[^}]*flama_cache_result=\"hit\"[^}]*\\} 2", metrics);
        Assert.Matches("nv_inference_count\\{[^}]*\\} 2", metrics);
        Assert.Matches("nv_inference_request_success\\{[^}]*\\} 3", metrics);
        Assert.Equal([false, true, true], log.Select(line => line.Contains("\"cached\":true,\"classes\":{\"0\":1,\"1\":1}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Instances_WithOneRedis_ShareAnswers()
    {
        await using var redis = await RedisServer.StartAsync();
        string[] arguments = [Xor.Path, "--server-port=0", "--server-cache=3600", "--server-redis", redis.Address];
        await using var first = await FlamaServer.StartAsync(arguments);
        await using var second = await FlamaServer.StartAsync(arguments);

        using var computed = await first.PostAsync("/predict/?include=probabilities", """{"input":[[0,1]]}""");

        // It is written when the answer is on its way.
        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(30));
        string cache;
        string shared;
        var row = 0;
        do
        {
            deadline.Token.ThrowIfCancellationRequested();
            using var next = await first.PostAsync("/predict/?include=probabilities", $"{{\"input\":[[0,{++row}]]}}");
            using var answer = await second.PostAsync("/predict/?include=probabilities", $"{{\"input\":[[0,{row}]]}}");
            (cache, shared) = (Assert.Single(answer.Headers.GetValues("X-Cache")), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(await next.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), shared);
        }
        while (cache != "hit");

        Assert.Contains("\"probabilities\":[[", shared, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redis_SlowKilledAndStartedUnderLoad_FailsNoPrediction_AndWarnsOncePerOutage()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-cache", "--server-redis", redis.Address, "--server-no-access-log"]);
        var row = 0;

        await RedisOutage.RunAsync(
            redis, server, "Answers are not shared until the shared store answers again", () => server.PostAsync("/predict/", $"{{\"input\":[[0,{Interlocked.Increment(ref row)}]]}}"));
    }

    private static async Task<FlamaServer> StartAsync(TemporaryDirectory directory, params string[] options)
    {
        var path = directory.PathOf("linear.pkl");
        await File.WriteAllBytesAsync(path, LinearModel.Pickle(2, 1), TestContext.Current.CancellationToken);
        return await FlamaServer.StartAsync([path, "--server-port=0", .. options]);
    }

    private static async Task<string> AskAsync(FlamaServer server)
    {
        using var answer = await server.PostAsync("/predict/", """{"input":[[1]]}""");
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
