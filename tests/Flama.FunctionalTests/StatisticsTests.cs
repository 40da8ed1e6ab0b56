using System.Net;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

public sealed class StatisticsTests
{
    [Fact]
    public async Task Statistics_AfterRequests_CountThemPerVersionAndMethod()
    {
        using TemporaryDirectory directory = new();
        var model = directory.PathOf("model.pkl");
        await File.WriteAllBytesAsync(model, LinearModel.Pickle(1, 0), TestContext.Current.CancellationToken);
        await using var server = await FlamaServer.StartAsync(
            ["--model", $"file={Xor.Path},name=xor", "--model", $"file={model},name=line", "--server-port", "0", "--app-stats", "/stats", "--server-reload", "--server-reload-delay", "0.05"]);
        (await server.PostAsync("/xor/predict/", $"{{\"input\": {Xor.Rows}}}")).Dispose();
        (await server.PostAsync("/xor/predict/", "{\"input\": 1}")).Dispose();
        (await server.PostAsync("/xor/stream/", "[[0, 1]]\n"u8.ToArray(), "application/x-ndjson")).Dispose();
        (await server.PostAsync("/line/predict/", "{\"input\": [[10], [20], [30]]}")).Dispose();
        await File.WriteAllBytesAsync(model, LinearModel.Pickle(2, 0), TestContext.Current.CancellationToken);
        await server.Process.WaitForErrorAsync("Replaced: ");
        (await server.PostAsync("/line/predict/", "{\"input\": [[10]]}")).Dispose();

        using var json = JsonDocument.Parse(await server.GetStringAsync("/stats"));

        var models = json.RootElement.GetProperty("models").EnumerateArray().ToDictionary(entry => entry.GetProperty("name").GetString()!, StringComparer.Ordinal);
        var xor = models["xor"].GetProperty("versions")[0];
        Assert.Equal((3, 1, 5), (xor.GetProperty("requests").GetInt32(), xor.GetProperty("errors").GetInt32(), xor.GetProperty("rows").GetInt32()));
        Assert.Equal(1 / 3.0, xor.GetProperty("error_rate").GetDouble(), 1e-6);
        Assert.Equal("{\"invalid_input\":1}", xor.GetProperty("errors_by_code").GetRawText());
        Assert.Equal("{\"0\":2,\"1\":3}", xor.GetProperty("methods")[0].GetProperty("classes").GetRawText());
        var latency = xor.GetProperty("latency_ms");
        Assert.True(0 < latency.GetProperty("p50").GetDouble() && latency.GetProperty("p50").GetDouble() <= latency.GetProperty("p99").GetDouble());
        Assert.Equal(2, models["line"].GetProperty("versions").GetArrayLength());

        // The middle of a bucket, of which there are four in a doubling.
        Assert.Equal(20, models["line"].GetProperty("versions")[1].GetProperty("methods")[0].GetProperty("numbers").GetProperty("p50").GetDouble(), 20 * 0.13);
        Assert.True(json.RootElement.GetProperty("uptime_s").GetDouble() > 0);
    }

    [Fact]
    public async Task Statistics_WithKeys_WantInspect_AndThePageHoldsNone()
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf("keys.json");
        var key = (await FlamaProcess.RunAsync(["key", "add", "ops", "--scope", "inspect", "--server-keys", file])).Output.Trim();
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--app-stats", "/stats", "--server-keys", file]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(server, "/stats", "application/json", null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(server, "/stats/", "*/*", null)).Status);
        Assert.StartsWith("{\"started\":", (await GetAsync(server, "/stats", "application/json", key)).Text, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", (await GetAsync(server, "/stats", "text/html,*/*", null)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, "/stats/stats.js", "*/*", null)).Status);
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(FlamaServer server, string path, string accept, string? key)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("X-API-Key", key);
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
