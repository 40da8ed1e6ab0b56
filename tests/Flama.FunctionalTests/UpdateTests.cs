using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Flama.Hosting;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>New versions of a model take over, or are refused, while the server answers.</summary>
public sealed class UpdateTests
{
    private const string Request = """{"input": [[1]]}""";

    // In megabytes: what a server of small models has less than in all, and a leak of models would exceed.
    private const long MostGrowth = 48;

    [Fact]
    public async Task Swap_TwoHundredTimesUnderLoad_EveryAnswerIsOfTheVersionThatItNames()
    {
        const int swaps = 200;
        using TemporaryDirectory directory = new();
        var model = directory.PathOf("model.flm");
        var versions = new[] { Version(directory, "a", 0), Version(directory, "b", 1) };
        File.Copy(versions[0], model);
        await using var server = await FlamaServer.StartAsync([model, "--server-port=0", "--server-no-access-log", "--server-reload", "--server-reload-delay=0.01", "--app-metrics=/metrics"]);
        using CancellationTokenSource done = new();
        var clients = Enumerable.Range(0, 4).Select(_ => AskAsync(server, done.Token)).ToArray();
        var before = 0L;

        for (var i = 1; i <= swaps; i++)
        {
            var beside = directory.PathOf($"{i}.new");
            File.Copy(versions[i % 2], beside);
            File.Move(beside, model, overwrite: true);
            await server.Process.WaitForErrorAsync($"id {(i % 2 == 0 ? "a" : "b")}-");
            before = i == swaps / 4 ? ResidentMegabytes(server) : before;
        }

        await done.CancelAsync();
        var answers = await Task.WhenAll(clients);
        var after = ResidentMegabytes(server);
        Assert.All(answers, seen => Assert.Equal((true, true), (seen.A > 0, seen.B > 0)));
        Assert.True(after <= before + MostGrowth, $"The server had {before} MB after {swaps / 4} swaps and has {after} MB after {swaps}.");
        Assert.Contains($"flama_model_swaps_total{{otel_scope_name=\"Flama\",flama_model=\"model\"}} {swaps}", await server.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swap_ToAVersionThatFailsItsCases_IsRefused_InLogHealthAndMetrics()
    {
        using TemporaryDirectory directory = new();
        var model = directory.PathOf("model.flm");
        File.Copy(Version(directory, "a", 0), model);
        await using var server = await FlamaServer.StartAsync([model, "--server-port=0", "--server-reload", "--server-reload-delay=0.02", "--app-metrics=/metrics"]);

        File.Move(Version(directory, "b", 1, """[{"input": [[1]], "output": [7.0]}]"""), model, overwrite: true);
        var warning = await server.Process.WaitForErrorAsync("WARNING:");

        using var health = JsonDocument.Parse(await server.GetStringAsync("/health/"));
        var told = health.RootElement.GetProperty("models")[0];
        using var answer = await server.PostAsync("/predict/", Request);
        Assert.Contains("stays as it is", warning, StringComparison.Ordinal);
        Assert.Contains("case 0, predict, row 0: expected 7.0, found 2.0", warning, StringComparison.Ordinal);
        Assert.Equal(("degraded", "stale", "exam_failed"), (health.RootElement.GetProperty("status").GetString(), told.GetProperty("state").GetString(), told.GetProperty("last_error").GetString()));
        Assert.Equal("a-0", Assert.Single(answer.Headers.GetValues("X-Model-Id")));
        Assert.Matches("flama_model_refusals_total\\{[^}]*flama_model=\"model\"[^}]*flama_step=\"cases\"[^}]*\\} 1", await server.GetStringAsync("/metrics"));
    }

    [Fact]
    public async Task Swap_WithoutTheExam_OrWithAWiderTolerance_IsTaken()
    {
        foreach (var option in new[] { "--server-no-exam", "--server-exam-tolerance=0.5" })
        {
            using TemporaryDirectory directory = new();
            var model = directory.PathOf("model.flm");
            File.Copy(Version(directory, "a", 0), model);
            await using var server = await FlamaServer.StartAsync([model, "--server-port=0", "--server-reload", "--server-reload-delay=0.02", option]);

            File.Move(Version(directory, "b", 1, """[{"input": [[1]], "output": [1.5]}]"""), model, overwrite: true);

            Assert.Contains("Replaced", await server.Process.WaitForErrorAsync("id b-1"), StringComparison.Ordinal);
        }
    }

    // Answers intercept + 1, and has it in its id.
    private static string Version(TemporaryDirectory directory, string name, int intercept, string? cases = null)
    {
        using var bare = ModelPackage.Open(LinearModel.Pickle(1, intercept), "model.pkl");
        PackageBuilder builder = new(bare, new ModelEngines().AddManaged()) { Id = string.Create(CultureInfo.InvariantCulture, $"{name}-{intercept}") };
        if (cases is not null)
        {
            builder.AddArtifact(ArtifactContent.FromBytes("cases.json", Encoding.UTF8.GetBytes(cases)));
        }

        var path = directory.PathOf($"{name}.flm");
        ModelPackage.Save(path, builder.Build());
        return path;
    }

    private static async Task<(int A, int B)> AskAsync(FlamaServer server, CancellationToken done)
    {
        var (a, b) = (0, 0);
        while (!done.IsCancellationRequested)
        {
            using var answer = await server.PostAsync("/predict/", Request);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            switch (Assert.Single(answer.Headers.GetValues("X-Model-Id")))
            {
                case "a-0":
                    Assert.Equal("{\"output\":[1.0]}", text);
                    a++;
                    break;
                case var other:
                    Assert.Equal(("b-1", "{\"output\":[2.0]}"), (other, text));
                    b++;
                    break;
            }
        }

        return (a, b);
    }

    private static long ResidentMegabytes(FlamaServer server)
    {
        using var process = System.Diagnostics.Process.GetProcessById(server.Process.Id);
        return process.WorkingSet64 >> 20;
    }
}
