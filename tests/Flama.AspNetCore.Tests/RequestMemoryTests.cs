using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Flama.Tests.Hosting;

namespace Flama.Tests;

/// <summary>What requests may hold, and clients that do not take their answers or are gone.</summary>
public sealed class RequestMemoryTests
{
    private const int Megabyte = 1 << 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_MoreThanThereIsAtAll_Is413_AndSmallOnesGoOn(bool isChunked)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear(), options => options.MaxRequestMemoryBytes = Megabyte);
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict/") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Rows(100_000))) };
        request.Headers.TransferEncodingChunked = isChunked;

        using var large = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync(large);
        var small = await host.PostAsync("/predict/", Rows(3));
        var middle = await host.PostAsync("/predict/", Rows(20_000));

        Assert.Equal((413, "urn:flama:error:input_too_large"), (answer.Status, answer.Json.GetProperty("type").GetString()));
        Assert.Contains("MB for requests. Send fewer rows per request.", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal((200, 200), (small.Status, middle.Status));
    }

    [Fact]
    public async Task Post_WhileAnotherHoldsTheMemory_Is503WithRetryAfter()
    {
        using SemaphoreSlim reached = new(0), goOn = new(0);
        await using var host = await FlamaHost.StartAsync(FakeModels.Waiting(reached, goOn, 1), options => options.MaxRequestMemoryBytes = Megabyte);
        var body = $$"""{"input":[{{string.Join(',', Enumerable.Repeat("[1]", 50_000))}}]}""";

        var first = host.PostAsync("/predict/", body);
        await reached.WaitAsync(TestContext.Current.CancellationToken);
        var refused = await host.PostAsync("/predict/", body);
        var part = await host.PostAsync("/stream/", body);
        goOn.Release();
        var answered = await first;
        goOn.Release();
        var again = await host.PostAsync("/predict/", body);

        Assert.Equal((503, "urn:flama:error:overloaded", "1"), (refused.Status, refused.Json.GetProperty("type").GetString(), refused.Headers.RetryAfter!.ToString()));
        Assert.Equal(200, answered.Status);
        Assert.True(part.Status == 503 || part.Body.Contains("\"status\":503", StringComparison.Ordinal), part.Body[..Math.Min(200, part.Body.Length)]);
        Assert.Equal(200, again.Status);
    }

    [Fact]
    public async Task Post_OutOfMemory_Is503WithoutATrace()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Throwing(() => new InsufficientMemoryException()));

        var answer = await host.PostAsync("/predict/", """{"input":[[1]]}""");

        Assert.Equal((503, "1"), (answer.Status, answer.Headers.RetryAfter!.ToString()));
        Assert.Contains(host.Log.All, line => line.Id == 2005);
        Assert.DoesNotContain(host.Log.All, line => line.Id == 2001);
    }

    [Theory]
    [InlineData("/predict/", 1_000)]
    [InlineData("/predict/", 50_000)]
    [InlineData("/predict_proba/", 50_000)]
    [InlineData("/predict/?include=probabilities,classes", 50_000)]
    public async Task Post_AnswersOfAnySize_AreWholeAndEqualRowByRow(string path, int count)
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        var one = await host.PostAsync(path, """{"input":[[1,2]]}""");

        var answer = await host.PostAsync(path, Rows(count));

        var row = one.Json.GetProperty("output")[0].GetRawText();
        Assert.Equal($"[{string.Join(',', Enumerable.Repeat(row, count))}]", answer.Json.GetProperty("output").GetRawText());
        Assert.Equal(count > 10_000, answer.Headers.TransferEncodingChunked ?? false);
        Assert.Equal("application/json", answer.ContentType);
        if (path.Contains("include", StringComparison.Ordinal))
        {
            Assert.Equal(count, answer.Json.GetProperty("probabilities").GetArrayLength());
            Assert.Equal(2, answer.Json.GetProperty("classes").GetArrayLength());
        }
    }

    [Fact]
    public async Task Socket_LargeAnswer_ComesInFramesOfOneMessage()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri($"ws://{host.Address.Authority}/stream/"), TestContext.Current.CancellationToken);

        await socket.SendAsync(Encoding.UTF8.GetBytes(Rows(50_000)), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        StringBuilder text = new();
        var buffer = new byte[Megabyte];
        WebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            text.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }
        while (!received.EndOfMessage);

        Assert.Equal($"{{\"output\":[{string.Join(',', Enumerable.Repeat("\"yes\"", 50_000))}]}}", text.ToString());
    }

    [Theory]
    [InlineData("POST /predict/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"input\":[[1]]}")]
    [InlineData("POST /stream/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"input\":[[1]]}")]
    [InlineData(
        "GET /stream/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "Sec-WebSocket-Version: 13\r\n\r\n\u0081\u0085\0\0\0\0[[1]]")]
    public async Task Client_ThatHasGone_StopsItsComputation(string request)
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await FlamaHost.StartAsync(FakeModels.Endless(begun, stopped));
        var client = await RawClient.ConnectAsync(host.Address);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);

        client.LingerState = new LingerOption(enable: true, 0);
        client.Close();

        await stopped.Task.WaitAsync(TestContext.Current.CancellationToken);
        await host.Log.FirstAsync(2004);
        Assert.DoesNotContain(host.Log.All, line => line.Id is 2001 or 2002);
    }

    private static string Rows(int count) => string.Create(
        CultureInfo.InvariantCulture, $"{{\"input\":[{string.Join(',', Enumerable.Repeat("[1,2]", count))}]}}");
}
