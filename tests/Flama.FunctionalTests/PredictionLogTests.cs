using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

public sealed class PredictionLogTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Log_OfEveryWayToPredict_HasALineWithoutInputs()
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf("predictions.jsonl");
        await using (var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--model-name", "xor", "--prediction-log", file]))
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/predict/") { Content = new StringContent("{\"input\": [[0, 1], [1, 1], [1, 0]]}", Encoding.UTF8, "application/json") };
            request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
            (await server.Client.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
            (await server.PostAsync("/predict/", "{\"input\": [[123456789]]}")).Dispose();
            (await server.PostAsync("/predict_proba/", "{\"input\": [[0, 1]]}")).Dispose();
            (await server.PostAsync("/stream/", "[[0, 1]]\n[[0]]\n"u8.ToArray(), "application/x-ndjson")).Dispose();
            await SocketAsync(server);
            await server.Process.SignalAsync("TERM");
            await server.Process.WaitForExitAsync();
        }

        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal([200, 400, 200, 200, 400, 200], lines.Select(line => line.GetProperty("status").GetInt32()));
        Assert.Equal(["predict", "predict", "predict_proba", "predict", "predict", "predict"], lines.Select(line => line.GetProperty("method").GetString()));
        Assert.All(lines, line => Assert.Equal(("prediction", "xor", 2), (line.GetProperty("event").GetString(), line.GetProperty("model").GetString(), line.GetProperty("features").GetInt32())));
        Assert.All(lines, line => Assert.NotEqual("", line.GetProperty("correlation_id").GetString()));
        Assert.Equal((3, "{\"0\":1,\"1\":2}", Trace), (lines[0].GetProperty("rows").GetInt32(), lines[0].GetProperty("classes").GetRawText(), lines[0].GetProperty("correlation_id").GetString()));
        Assert.Equal((JsonValueKind.Null, "invalid_input"), (lines[1].GetProperty("rows").ValueKind, lines[1].GetProperty("error").GetString()));
        Assert.DoesNotContain("123456789", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_ToTheServersOwn_HasTheCategory()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--prediction-log", "-", "--server-log-format", "json"]);

        (await server.PostAsync("/predict/", "{\"input\": [[0, 1]]}")).Dispose();

        using var line = JsonDocument.Parse(await server.Process.WaitForErrorAsync("\"prediction\""));
        Assert.Equal("flama.predictions", line.RootElement.GetProperty("logger").GetString());
        Assert.Equal("{\"1\":1}", line.RootElement.GetProperty("fields").GetProperty("classes").GetRawText());
    }

    [Fact]
    public async Task Log_OnAFullDisk_CostsNoAnswer()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--prediction-log", "/dev/full"]);

        using var answer = await server.PostAsync("/predict/", "{\"input\": [[0, 1]]}");
        var warning = await server.Process.WaitForErrorAsync("not in the log");
        using var next = await server.PostAsync("/predict/", "{\"input\": [[0, 1]]}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, next.StatusCode));
        Assert.Contains("Predictions that are not in the log: 1; the file cannot be written (IOException)", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_ThatCannotBeOpened_StopsTheStart()
    {
        var run = await FlamaProcess.RunAsync(["serve", Xor.Path, "--server-port", "0", "--prediction-log", "/nowhere/log"]);
        var rate = await FlamaProcess.RunAsync(["serve", Xor.Path, "--server-port", "0", "--prediction-log", "/nowhere/log", "--prediction-log-sample", "2"]);

        Assert.Equal((1, 2), (run.ExitCode, rate.ExitCode));
        Assert.Contains("The log of predictions cannot be written to '/nowhere/log'.", run.Error, StringComparison.Ordinal);
        Assert.Contains("--prediction-log-sample is '2', expected a number above 0 and up to 1.", rate.Error.Replace("server-", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static async Task SocketAsync(FlamaServer server)
    {
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/stream/" }.Uri, TestContext.Current.CancellationToken);
        await socket.SendAsync("[[1, 1]]"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        await socket.ReceiveAsync(new byte[1000], TestContext.Current.CancellationToken);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
    }
}
