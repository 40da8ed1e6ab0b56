using System.Net;
using System.Net.WebSockets;
using System.Text;
using Flama.AspNetCore;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests;

public sealed class SocketStreamTests
{
    [Fact]
    public async Task Messages_GoodAndBad_AreAnsweredInOrder()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using var socket = await ConnectAsync(host);

        string[] answers =
        [
            await AskAsync(socket, "[[1, 2]]"), await AskAsync(socket, "nonsense"), await AskAsync(socket, ""), await AskAsync(socket, "{\"input\":[[0, 0]]}"),
        ];
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

        Assert.Equal("""{"output":["yes"]}""", answers[0]);
        Assert.All(answers[1..3], answer => Assert.Contains("\"status\":400", answer, StringComparison.Ordinal));
        Assert.Contains("The input of message 2 is not JSON: unexpected 'o' at line 1, byte 2.", answers[1], StringComparison.Ordinal);
        Assert.Contains("\"message\":3", answers[2], StringComparison.Ordinal);
        Assert.Equal("""{"output":["no"]}""", answers[3]);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Message_InPieces_IsOne()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using var socket = await ConnectAsync(host);

        await SendAsync(socket, "[[1,", isEnd: false);
        await SendAsync(socket, new string(' ', 100_000), isEnd: false);
        await SendAsync(socket, " 2]]", isEnd: true);

        Assert.Equal("""{"output":["yes"]}""", await ReceiveAsync(socket));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_Compressed_IsAnsweredWhereAllowed(bool isAllowed)
    {
        await using var host = await StartAsync(options => options.UsesCompression = isAllowed);
        using ClientWebSocket socket = new();
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.CollectHttpResponseDetails = true;
        await socket.ConnectAsync(AddressOf(host), TestContext.Current.CancellationToken);

        var answer = await AskAsync(socket, "[[1, 2]]");

        Assert.Equal("""{"output":["yes"]}""", answer);
        Assert.Equal(isAllowed, socket.HttpResponseHeaders!.ContainsKey("Sec-WebSocket-Extensions"));
    }

    [Fact]
    public async Task Message_OverTheLimit_ClosesWith1009()
    {
        await using var host = await StartAsync(options => options.MaxMessageBytes = 100);
        using var socket = await ConnectAsync(host);
        var fits = await AskAsync(socket, $"[[1, {new string(' ', 80)}2]]");

        await SendAsync(socket, new string(' ', 200), isEnd: false);
        var received = await socket.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken);

        Assert.Equal("""{"output":["yes"]}""", fits);
        Assert.Equal((WebSocketMessageType.Close, (WebSocketCloseStatus)1009), (received.MessageType, socket.CloseStatus));
        Assert.Contains("100 bytes", socket.CloseStatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithoutUpgrade_Is426_AndWithoutWebSockets404()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        await using var without = await StartAsync(options => options.IsEnabled = false);
        using ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;

        var plain = await host.GetAsync("/stream/");
        var none = await without.GetAsync("/stream/");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(AddressOf(without), TestContext.Current.CancellationToken));
        var lines = await without.PostAsync("/stream/", "[[1, 2]]");

        Assert.Equal((426, "websocket"), (plain.Status, plain.Headers.Upgrade.ToString()));
        Assert.Equal("application/problem+json", plain.ContentType);
        Assert.Equal((404, HttpStatusCode.NotFound), (none.Status, socket.HttpStatusCode));
        Assert.Equal(200, lines.Status);
    }

    [Fact]
    public async Task Stop_ConnectionAtRest_IsClosedWith1001()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using var socket = await ConnectAsync(host);
        await AskAsync(socket, "[[1, 2]]");

        var stopping = host.StopAsync();
        var received = await socket.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

        await stopping;
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.EndpointUnavailable), (received.MessageType, socket.CloseStatus));
        Assert.DoesNotContain(host.Log.All, line => line.Id is 2001 or 2002);
    }

    [Fact]
    public async Task Client_ThatGoesAway_EndsTheConversationQuietly()
    {
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using (var socket = await ConnectAsync(host))
        {
            await AskAsync(socket, "[[1, 2]]");
            socket.Abort();
        }

        await host.Log.FirstAsync(2004);

        Assert.DoesNotContain(host.Log.All, line => line.Id is 2001 or 2002);
    }

    [Fact]
    public async Task Client_ThatAnswersNoPings_IsGivenUp()
    {
        await using var host = await FlamaHost.StartAsync(
            app => app.MapModel("/", FakeModels.Linear()),
            configure: builder => builder.Services.Configure<WebSocketOptions>(options =>
            {
                options.KeepAliveInterval = TimeSpan.FromMilliseconds(20);
                options.KeepAliveTimeout = TimeSpan.FromMilliseconds(20);
            }));
        using var socket = await ConnectAsync(host);

        // Nobody receives here, so that no ping is answered.
        var gone = await host.Log.FirstAsync(2004);

        Assert.Contains("/stream/", gone.Text, StringComparison.Ordinal);
    }

    private static Task<FlamaHost> StartAsync(Action<WebSocketStreamOptions> configure) =>
        FlamaHost.StartAsync(FakeModels.Linear(), http => configure(http.WebSockets));

    private static Uri AddressOf(FlamaHost host) => new($"ws://{host.Address.Authority}/stream/");

    private static async Task<ClientWebSocket> ConnectAsync(FlamaHost host)
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(AddressOf(host), TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<string> AskAsync(ClientWebSocket socket, string message)
    {
        await SendAsync(socket, message, isEnd: true);
        return await ReceiveAsync(socket);
    }

    private static Task SendAsync(ClientWebSocket socket, string message, bool isEnd) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, isEnd, TestContext.Current.CancellationToken);

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        Assert.True(received.EndOfMessage);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
