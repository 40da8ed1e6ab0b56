using System.Net;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>A directory of models behind one server.</summary>
public sealed class RepositoryTests(RepositoryServer repository) : IClassFixture<RepositoryServer>
{
    private static readonly string Rows = $"{{\"input\": {Xor.Rows}}}";

    [Fact]
    public async Task Predict_ByNameVersionAndMethod_AnswersAndNamesTheVersion()
    {
        var plain = await PostAsync("/xor/predict/");
        var version = await PostAsync("/two/versions/1/predict_proba/");
        var lines = await PostAsync("/two/versions/1/stream/");
        var unknownMethod = await PostAsync("/xor/fly/");
        var unknownModel = await PostAsync("/nope/predict/");
        var unknownVersion = await PostAsync("/two/versions/9/predict/");
        var metadata = await repository.JsonAsync("/two/versions/2/");

        Assert.Equal((HttpStatusCode.OK, "{\"output\":[0,1,1,0]}"), (plain.Status, plain.Text));
        Assert.Equal((HttpStatusCode.OK, "1"), (version.Status, version.Version));
        Assert.Equal((HttpStatusCode.OK, "{\"output\":[0,1,1,0]}\n"), (lines.Status, lines.Text));
        Assert.All([unknownMethod, unknownModel, unknownVersion], answer => Assert.Equal(HttpStatusCode.NotFound, answer.Status));
        Assert.Contains("model_not_found", unknownModel.Text, StringComparison.Ordinal);
        Assert.Equal("Pipeline", metadata.GetProperty("meta").GetProperty("model").GetProperty("obj").GetString());
    }

    [Fact]
    public async Task FormatThatNoEngineServes_IsToldOfThisModelAlone()
    {
        var (status, text, _) = await PostAsync("/triton/predict/");
        using var health = JsonDocument.Parse(await repository.Server.GetStringAsync("/health/"));
        var told = health.RootElement.GetProperty("models").EnumerateArray().ToDictionary(model => model.GetProperty("name").GetString()!, model => model.GetProperty("state").GetString());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("model_unavailable", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/tmp/", text, StringComparison.Ordinal);
        Assert.Equal(("failed", "degraded"), (told["triton"], health.RootElement.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Schema_ListsTheModels_InFullOnceTheyAreLoaded()
    {
        await PostAsync("/xor/predict/");

        using var schema = JsonDocument.Parse(await repository.Server.GetStringAsync("/schema/"));
        var paths = schema.RootElement.GetProperty("paths");

        Assert.True(paths.TryGetProperty("/xor/predict_proba/", out _));
        Assert.True(paths.TryGetProperty("/two/predict/", out _));
        Assert.False(paths.TryGetProperty("/{model}/", out _));
    }

    [Fact]
    public async Task NewVersion_TakesOver_WhileTheServerRuns()
    {
        repository.Put("fresh/1/model.flm", Xor.Path);
        await RepositoryServer.UntilAsync(async () => (await PostAsync("/fresh/predict/")).Status == HttpStatusCode.OK);
        repository.Put("fresh/2/model.flm", Xor.Path);

        await RepositoryServer.UntilAsync(async () =>
        {
            var (status, _, version) = await PostAsync("/fresh/predict/");
            Assert.Equal(HttpStatusCode.OK, status);
            return version == "2";
        });

        Assert.Equal("1", (await PostAsync("/fresh/versions/1/predict/")).Version);
        var versions = await repository.JsonAsync("/fresh/versions/");
        Assert.Equal(["2", "1"], versions.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("version").GetString()));
    }

    [Fact]
    public async Task NewestVersionBrokenAtTheStart_TheOneBeforeAnswers_LogHealthAndMetricsSayWhy()
    {
        using TemporaryDirectory directory = new();
        foreach (var (version, file) in new[] { ("2", Xor.Path), ("3", Fixtures.RepositoryPathOf("README.md")) })
        {
            Directory.CreateDirectory(directory.PathOf($"models/m/{version}"));
            File.Copy(file, directory.PathOf($"models/m/{version}/model.flm"));
        }

        await File.WriteAllTextAsync(directory.PathOf("models/m/schema.json"), """{"prefixItems": [{"maximum": 1}]}""", TestContext.Current.CancellationToken);
        await using var server = await FlamaServer.StartAsync(
            ["--repository", directory.PathOf("models"), "--repository-poll", "0.1", "--app-metrics", "/metrics", "--server-port", "0", "--server-no-access-log"]);

        using var answer = await server.PostAsync("/m/predict/", Rows);
        using var refused = await server.PostAsync("/m/predict/", """{"input": [[2, 0]]}""");
        using var health = JsonDocument.Parse(await server.GetStringAsync("/health/"));
        var metrics = await server.GetStringAsync("/metrics");

        var told = health.RootElement.GetProperty("models")[0];
        Assert.Equal((HttpStatusCode.OK, "2"), (answer.StatusCode, answer.Headers.GetValues("X-Model-Version").Single()));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(("stale", "2", "not_a_model"), (told.GetProperty("state").GetString(), told.GetProperty("version").GetString(), told.GetProperty("last_error").GetString()));
        Assert.Contains("flama_model_refusals_total{", metrics, StringComparison.Ordinal);
        await server.Process.WaitForErrorAsync("Model 'm' is served by version 2; version 3 cannot be loaded");

        File.Copy(Xor.Path, directory.PathOf("models/m/3/new.flm"));
        File.Move(directory.PathOf("models/m/3/new.flm"), directory.PathOf("models/m/3/model.flm"), overwrite: true);
        await RepositoryServer.UntilAsync(async () =>
        {
            using var later = await server.PostAsync("/m/predict/", Rows);
            Assert.Equal(HttpStatusCode.OK, later.StatusCode);
            return later.Headers.GetValues("X-Model-Version").Single() == "3";
        });
    }

    [Fact]
    public async Task ManyModels_BehindASmallBudget_AllAnswerAndTheProcessStaysSmall()
    {
        const int count = 300, requests = 700;
        using TemporaryDirectory directory = new();
        for (var i = 0; i < count; i++)
        {
            Directory.CreateDirectory(directory.PathOf($"m{i}"));
            File.Copy(Churn.Path, directory.PathOf($"m{i}/model.flm"));
        }

        await using var server = await FlamaServer.StartAsync(
            ["--repository", directory.Root, "--repository-memory", "6000000", "--repository-url", "/models/", "--repository-pin", "m3", "--server-port", "0", "--server-no-access-log"]);
        var body = $"{{\"input\": [{Churn.Row}]}}";
        var random = new Random(7);
        var middle = 0L;
        for (var i = 0; i < count + requests; i++)
        {
            await AnswerAsync(server, $"/models/m{(i < count ? i : random.Next(count))}/predict/", body);
            middle = i == count + (requests / 3) ? Megabytes(server) : middle;
        }

        var after = Megabytes(server);
        using var health = JsonDocument.Parse(await server.GetStringAsync("/health/"));
        var ready = health.RootElement.GetProperty("models").EnumerateArray().Count(model => model.GetProperty("state").GetString() == "ready");
        Assert.InRange(ready, 2, count - 1);
        Assert.True(after <= middle + 32, $"The server had {middle} MB and has {after} MB.");
    }

    // With a budget that is this small, all others may have only just been loaded.
    private static async Task AnswerAsync(FlamaServer server, string path, string body)
    {
        for (var deadline = Environment.TickCount64 + 30_000; ;)
        {
            using var answer = await server.PostAsync(path, body);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.True(Environment.TickCount64 < deadline, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static long Megabytes(FlamaServer server)
    {
        using var process = System.Diagnostics.Process.GetProcessById(server.Process.Id);
        return process.WorkingSet64 >> 20;
    }

    private Task<(HttpStatusCode Status, string Text, string? Version)> PostAsync(string path) => repository.SendAsync(HttpMethod.Post, path, repository.Caller, Rows);
}
