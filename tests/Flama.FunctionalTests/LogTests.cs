using System.Text.Json;

namespace Flama.FunctionalTests;

public sealed class LogTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    [Fact]
    public async Task JsonFormat_EveryLine_IsAnObject()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        await using var process = FlamaProcess.Start(
            ["serve", "--model", $"file={Xor.Path},name=xor", "--server-port=0", "--server-log-format=json", "--server-loop=auto"]);
        var ready = Parse(await process.WaitForErrorAsync("Flama running on"));
        using HttpClient client = new() { BaseAddress = new Uri(ready.GetProperty("fields").GetProperty("url").GetString()!) };
        using var answer = await client.GetAsync(new Uri("/nope\"x?a=b", UriKind.Relative), TestContext.Current.CancellationToken);
        var request = Parse(await process.WaitForOutputAsync("nope"));

        await process.SignalAsync("TERM");
        var result = await process.WaitForExitAsync();

        var fields = request.GetProperty("fields");
        Assert.Equal(
            ("flama.access", "INFO", "GET", "/nope%22x?a=b", 404),
            (request.GetProperty("logger").GetString(), request.GetProperty("level").GetString(), fields.GetProperty("method").GetString(),
                fields.GetProperty("target").GetString(), fields.GetProperty("status").GetInt32()));
        Assert.All([ready, request, .. result.ErrorLines.Select(Parse)], line =>
        {
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", line.GetProperty("timestamp").GetString());
            Assert.NotEmpty(line.GetProperty("message").GetString()!);
        });
        Assert.Contains(result.ErrorLines.Select(Parse), line => line.GetProperty("message").GetString() == "Stopped");
    }

    [Fact]
    public async Task LogConfig_PlacesAndPatterns_AreHonoured()
    {
        var log = Path.Combine(directory, "access.log");
        var file = Path.Combine(directory, "log.yaml");
        await File.WriteAllTextAsync(
            file,
            $$"""
            version: 1
            formatters:
              short: {fmt: '{%(levelname)s} %(message)s'}
              access: {fmt: '%(request_line)s -> %(status_code)s'}
            handlers:
              default: {class: logging.StreamHandler, stream: ext://sys.stderr, formatter: short}
              file: {class: logging.FileHandler, filename: '{{log}}', formatter: access}
            loggers:
              uvicorn: {handlers: [default], level: INFO, propagate: false}
              uvicorn.access: {handlers: [file], propagate: false}
            """,
            TestContext.Current.CancellationToken);
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-log-config", file, "--server-limit-max-requests=1"]);

        await server.GetStringAsync("/");
        var result = await server.Process.WaitForExitAsync();

        Assert.StartsWith("{INFO} Model 'model' is", server.StartLines[0], StringComparison.Ordinal);
        Assert.Contains("{INFO} Stopped", result.ErrorLines);
        Assert.Empty(result.Output);
        Assert.Equal("GET / HTTP/1.1 -> 200 OK\n", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
