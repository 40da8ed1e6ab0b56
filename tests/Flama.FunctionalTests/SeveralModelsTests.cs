using System.Text.Json;

namespace Flama.FunctionalTests;

public sealed class SeveralModelsTests
{
    [Fact]
    public async Task Serve_TwoModels_EachAnswersAtItsPath()
    {
        await using var server = await FlamaServer.StartAsync(
            ["--model", $"file={Xor.Path},name=xor", "--model", $"file={Churn.Path},url=/bank/churn,name=churn", "--server-port", "0"]);

        using var first = await server.PostAsync("/xor/predict/", $"{{\"input\": {Xor.Rows}}}");
        using var second = await server.PostAsync("/bank/churn/predict/", $"{{\"input\": [{Churn.Row}]}}");
        using var schema = JsonDocument.Parse(await server.GetStringAsync("/schema/"));

        Assert.Equal("{\"output\":[0,1,1,0]}", await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("{\"output\":[0]}", await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var paths = schema.RootElement.GetProperty("paths");
        Assert.True(paths.TryGetProperty("/xor/predict/", out _) && paths.TryGetProperty("/bank/churn/predict/", out _));
    }

    [Fact]
    public async Task Serve_TwoModels_StartAndStopNameEach()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        await using var server = await FlamaServer.StartAsync(
            ["--model", $"file={Xor.Path},name=xor", "--model", $"file={Churn.Path},name=churn", "--server-port=0"]);

        await server.Process.SignalAsync("TERM");
        var result = await server.Process.WaitForExitAsync();

        var address = server.Address.OriginalString;
        var lines = FlamaResult.NewsOf(server.StartLines);
        var ending = FlamaResult.NewsOf(result.ErrorLines);
        Assert.Matches(@"^INFO:     Model 'xor' is MLPClassifier of sklearn 1\.4\.2, id [0-9a-f-]{36}, loaded in", lines[0]);
        Assert.Matches(@"^INFO:     Model 'churn' is Pipeline of sklearn 1\.4\.2, id [0-9a-f-]{36}, loaded in", lines[1]);
        Assert.StartsWith($"INFO:     Model 'xor' is at {address}/xor/ with inspect, predict", lines[2], StringComparison.Ordinal);
        Assert.StartsWith($"INFO:     Model 'churn' is at {address}/churn/ with inspect, predict", lines[3], StringComparison.Ordinal);
        Assert.Single(lines, line => line.Contains("Docs are at", StringComparison.Ordinal));
        Assert.Matches($"^INFO:     Model 'xor', id [0-9a-f-]{{36}}, is no longer at {address}/xor/$", ending[1]);
        Assert.Matches($"^INFO:     Model 'churn', id [0-9a-f-]{{36}}, is no longer at {address}/churn/$", ending[2]);
    }

    [Fact]
    public async Task Serve_OneOfThemFails_NamesItsFileAndDoesNotListen()
    {
        var result = await FlamaProcess.RunAsync(["serve", "--model", Xor.Path, "--model", "no-such-model.flm", "--server-port=0"]);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("Error: There is no model file 'no-such-model.flm'", result.ErrorLines[0], StringComparison.Ordinal);
        Assert.InRange(result.ErrorLines.Count, 1, 2);
    }
}
