using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_OfAServer_TellsEveryModel()
    {
        await using var server = await FlamaServer.StartAsync(["--model", $"file={Churn.Path},name=churn,url=/churn/", "--model", $"file={Xor.Path},name=xor,url=/xor/", "--server-port", "0"]);

        var (status, health) = await GetAsync(server, "/health");

        Assert.Equal((HttpStatusCode.OK, "healthy"), (status, health.GetProperty("status").GetString()));
        var churn = health.GetProperty("models")[0];
        Assert.Equal(
            ("churn", "ready", "sklearn", "Pipeline", 13),
            (churn.GetProperty("name").GetString(), churn.GetProperty("state").GetString(), churn.GetProperty("framework").GetString(), churn.GetProperty("class").GetString(), churn.GetProperty("features").GetInt32()));
        Assert.NotEmpty(churn.GetProperty("id").GetString()!);
        Assert.NotEmpty(churn.GetProperty("version").GetString()!);
        Assert.Equal(JsonValueKind.Null, churn.GetProperty("last_error").ValueKind);
        Assert.Equal("xor", health.GetProperty("models")[1].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/startup/")]
    public async Task Probe_OfAServer_IsHealthy(string path)
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0"]);

        var (status, health) = await GetAsync(server, path);

        Assert.Equal((HttpStatusCode.OK, "healthy"), (status, health.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Health_AtAnotherPath_OrNowhere()
    {
        await using var moved = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--app-health", "/up/"]);
        await using var none = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--app-health", ""]);

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(moved, "/up/live/")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(moved, "/health/")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(none, "/health/")).Status);
    }

    [Fact]
    public async Task HealthPort_AnswersItsPathsAndNoOthers()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--health-port", "0"]);
        var address = HealthAddressOf(server);

        var answers = new List<string>();
        foreach (var request in new[] { "GET /health HTTP/1.1", "GET /health/live/ HTTP/1.1", "HEAD /health/ready HTTP/1.0", "GET /predict/ HTTP/1.1", "POST /health HTTP/1.1", "nonsense" })
        {
            answers.Add(await AskAsync(address, $"{request}\r\nHost: x\r\n\r\n"));
        }

        Assert.Equal(["200", "200", "200", "404", "405", "400"], answers.Select(answer => answer.Split(' ')[1]));
        Assert.EndsWith("}", answers[0], StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answers[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task HealthPort_WhereTheSystemRefusesPriorities_AnswersAllTheSame()
    {
        var nice = await RefusedCalls.StartAsync(() => FlamaProcess.RunOtherAsync("nice", ["-n", "5", "nice"]));
        await using var server = await RefusedCalls.StartAsync(() => FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--health-port", "0"]));

        var health = await FlamaProcess.RunAsync(["health", "--health-port", $"{HealthAddressOf(server).Port}"]);
        using var answer = await server.PostAsync("/predict/", $"{{\"input\": {Xor.Rows}}}");

        Assert.Equal("0\n", nice.Output);
        Assert.Equal((0, HttpStatusCode.OK), (health.ExitCode, answer.StatusCode));
    }

    [Fact]
    public async Task HealthPort_WithClientsThatSendNothing_AnswersOthers()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--health-port", "0"]);
        var address = HealthAddressOf(server);
        List<TcpClient> silent = [];
        for (var i = 0; i < 20; i++)
        {
            silent.Add(new TcpClient());
            await silent[^1].ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            await silent[^1].GetStream().WriteAsync("G"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        var answer = await AskAsync(address, "GET /health/ready HTTP/1.1\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        silent.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Health_AfterADamagedReplacement_IsDegradedAndTellsTheCode()
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf("model.flm");
        File.Copy(Xor.Path, file);
        await using var server = await FlamaServer.StartAsync([file, "--server-port", "0", "--server-reload", "--server-reload-delay", "0.05"]);
        var complete = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

        await File.WriteAllBytesAsync(file, complete[..(complete.Length / 2)], TestContext.Current.CancellationToken);
        await server.Process.WaitForErrorAsync("stays as it is");
        var (status, health) = await GetAsync(server, "/health");

        var model = health.GetProperty("models")[0];
        Assert.Equal((HttpStatusCode.OK, "degraded", "stale"), (status, health.GetProperty("status").GetString(), model.GetProperty("state").GetString()));
        Assert.Matches("^[a-z_]+$", model.GetProperty("last_error").GetString());
    }

    [Fact]
    public async Task Signal_WithAStopDelay_TurnsReadinessOffAndServesOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--server-stop-delay", "3", "--server-timeout-graceful-shutdown", "1", "--health-port", "0"]);
        var port = HealthAddressOf(server);
        var before = await GetAsync(server, "/health/ready");

        await server.Process.SignalAsync("TERM");
        await server.Process.WaitForErrorAsync("Shutting down");
        var ready = await GetAsync(server, "/health/ready");
        var live = await GetAsync(server, "/health/live");
        var direct = await AskAsync(port, "GET /health/ready HTTP/1.1\r\n\r\n");
        using var answer = await server.PostAsync("/predict/", $"{{\"input\": {Xor.Rows}}}");
        var result = await server.Process.WaitForExitAsync();

        Assert.Equal(HttpStatusCode.OK, before.Status);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "stopping"), (ready.Status, ready.Health.GetProperty("reason").GetString()));
        Assert.Equal(HttpStatusCode.OK, live.Status);
        Assert.StartsWith("HTTP/1.1 503 ", direct, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Command_Health_ExitsByTheAnswer()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--health-port", "0"]);
        Dictionary<string, string> own = new(StringComparer.Ordinal) { ["FLAMA_SERVER_PORT"] = server.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture) };

        var byUrl = await FlamaProcess.RunAsync(["health", server.Address.ToString()]);
        var byVariables = await FlamaProcess.RunAsync(["health"], variables: own);
        var byHealthPort = await FlamaProcess.RunAsync(["health", "--health-port", $"{HealthAddressOf(server).Port}"]);
        var wrongPath = await FlamaProcess.RunAsync(["health", $"{server.Address}nowhere"]);
        var nobody = await FlamaProcess.RunAsync(["health", "http://127.0.0.1:1", "--timeout", "2"]);

        Assert.All([byUrl, byVariables, byHealthPort], run => Assert.Equal((0, ""), (run.ExitCode, run.Error)));
        Assert.All([byUrl, byVariables, byHealthPort], run => Assert.StartsWith("{\"status\":\"healthy\"", run.Output, StringComparison.Ordinal));
        Assert.Equal(1, wrongPath.ExitCode);
        Assert.Equal(1, nobody.ExitCode);
        Assert.StartsWith("Error: http://127.0.0.1:1/health/ does not answer: ", nobody.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_HealthOfWhatIsNoUrl_IsUsage()
    {
        var run = await FlamaProcess.RunAsync(["health", "localhost"]);

        Assert.Equal((2, "Error: URL is 'localhost', which is not a URL of a server.\nWrite one such as http://127.0.0.1:8000\n"), (run.ExitCode, run.Error));
    }

    private static Uri HealthAddressOf(FlamaServer server)
    {
        const string start = "Health is at ";
        var line = server.StartLines.Single(line => line.Contains(start, StringComparison.Ordinal));
        return new(line[(line.IndexOf(start, StringComparison.Ordinal) + start.Length)..]);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Health)> GetAsync(FlamaServer server, string path)
    {
        using var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (answer.StatusCode, document.RootElement.Clone());
    }

    private static async Task<string> AskAsync(Uri address, string request)
    {
        using TcpClient client = new();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using StreamReader reader = new(client.GetStream(), Encoding.ASCII);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
