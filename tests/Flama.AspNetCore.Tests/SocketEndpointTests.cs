using System.Net.WebSockets;
using System.Text;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Tests;

/// <summary>WebSocket endpoints of an application's own: what closes them, and what is refused.</summary>
public sealed class SocketEndpointTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Message_ThatIsTooLarge_Closes1009()
    {
        await using var host = await StartAsync(http => http.WebSockets.MaxMessageBytes = 10);

        Assert.Equal((1009, "The message is larger than 10 bytes."), await CloseOfAsync(host, "/echo", new byte[11]));
    }

    [Fact]
    public async Task Text_ThatIsNotUtf8_Closes1007()
    {
        await using var host = await StartAsync();

        Assert.Equal(1007, (await CloseOfAsync(host, "/echo", [0xff, 0xfe])).Status);
    }

    [Fact]
    public async Task Handler_ThatFails_Closes1011AndIsLogged()
    {
        await using var host = await StartAsync();

        var (status, reason) = await CloseOfAsync(host, "/broken", "x"u8.ToArray());

        Assert.Equal(1011, status);
        Assert.Contains(host.Log.All, line => line.Id == 2001 && line.Text.Contains("secret", StringComparison.Ordinal) && line.Text.Contains(reason!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/cancelled")]
    [InlineData("/upstream")]
    public async Task Handler_WhoseOwnWaitOrConnectionFails_Closes1011AndIsLogged(string path)
    {
        await using var host = await StartAsync();

        var (status, reason) = await CloseOfAsync(host, path, "x"u8.ToArray());

        Assert.Equal(1011, status);
        Assert.Contains(host.Log.All, line => line.Id == 2001 && line.Text.Contains("secret", StringComparison.Ordinal) && line.Text.Contains(reason!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handler_ThatIsCancelledByTheStop_Closes1001()
    {
        await using var host = await StartAsync();
        using var socket = await ConnectAsync(host, "/lasting");
        await socket.ReceiveAsync(new byte[100].AsMemory(), TestContext.Current.CancellationToken);

        var stopping = host.StopAsync();
        await socket.ReceiveAsync(new byte[100].AsMemory(), TestContext.Current.CancellationToken);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await stopping;

        Assert.Equal((WebSocketCloseStatus.EndpointUnavailable, "The server stops."), (socket.CloseStatus, socket.CloseStatusDescription));
        Assert.DoesNotContain(host.Log.All, line => line.Id == 2001);
    }

    [Fact]
    public async Task Message_ToAClientThatDoesNotRead_EndsWithTheConnection()
    {
        using CancellationTokenSource ended = new();
        using StuckSocket stuck = new();
        SocketConnection connection = new(new DefaultHttpContext(), stuck, 100, ended.Token);

        var first = connection.SendTextAsync("a", TestContext.Current.CancellationToken).AsTask();
        var second = connection.SendTextAsync("b", TestContext.Current.CancellationToken).AsTask();
        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Limit, TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Application_ThatStops_Closes1001()
    {
        await using var host = await StartAsync();
        using var socket = await ConnectAsync(host, "/echo");

        var stopping = host.StopAsync();
        await socket.ReceiveAsync(new byte[100].AsMemory(), TestContext.Current.CancellationToken);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await stopping;

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
    }

    [Fact]
    public async Task Request_ThatOpensNoConnection_Is426()
    {
        await using var host = await StartAsync();

        var answer = await host.GetAsync("/echo");

        Assert.Equal(426, answer.Status);
        Assert.Contains("'/echo' answers WebSocket connections, and this request opens none.", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAnotherOrigin_Is403()
    {
        await using var host = await StartAsync();
        using ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", "https://evil.example");

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(AddressOf(host, "/echo"), TestContext.Current.CancellationToken));

        Assert.Equal(403, (int)socket.HttpStatusCode);
    }

    [Fact]
    public async Task Query_IsAMethodWithABody()
    {
        await using var host = await FlamaHost.StartAsync(app => app.MapMethods("/search", [HttpMethods.Query], (Search search) => search.Text.Length));
        using HttpRequestMessage request = new(new HttpMethod("QUERY"), "/search") { Content = new StringContent("""{"text":"abc"}""", Encoding.UTF8, "application/json") };

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("3", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(200, (await host.GetAsync("/schema/")).Status);
    }

    private static Task<FlamaHost> StartAsync(Action<FlamaHttpOptions>? options = null) => FlamaHost.StartAsync(
        app =>
        {
            app.MapWebSocket("/echo", async socket =>
            {
                await foreach (var text in socket.ReadTextAsync())
                {
                    await socket.SendTextAsync(text);
                }
            });
            app.MapWebSocket("/broken", async socket =>
            {
                await foreach (var _ in socket.ReadTextAsync())
                {
                    throw new InvalidOperationException("secret");
                }
            });
            app.MapWebSocket("/cancelled", async socket =>
            {
                await foreach (var _ in socket.ReadTextAsync())
                {
                    throw new TaskCanceledException("secret");
                }
            });
            app.MapWebSocket("/upstream", async socket =>
            {
                await foreach (var _ in socket.ReadTextAsync())
                {
                    throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, "secret");
                }
            });
            app.MapWebSocket("/lasting", async socket =>
            {
                await socket.SendTextAsync("here");
                await Task.Delay(Timeout.InfiniteTimeSpan, app.Lifetime.ApplicationStopping);
            });
        },
        options);

    private static async Task<(int Status, string? Reason)> CloseOfAsync(FlamaHost host, string path, byte[] message)
    {
        using var socket = await ConnectAsync(host, path);
        await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        var result = await socket.ReceiveAsync(new byte[100].AsMemory(), TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketMessageType.Close, result.MessageType);
        return ((int)socket.CloseStatus!, socket.CloseStatusDescription);
    }

    private static async Task<ClientWebSocket> ConnectAsync(FlamaHost host, string path)
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(AddressOf(host, path), TestContext.Current.CancellationToken);
        return socket;
    }

    private static Uri AddressOf(FlamaHost host, string path) => new UriBuilder(new Uri(host.Address, path)) { Scheme = "ws" }.Uri;

    private sealed record Search(string Text);

    private sealed class StuckSocket : WebSocket
    {
        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => WebSocketState.Open;

        public override string? SubProtocol => null;

        public override void Abort()
        {
        }

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Dispose()
        {
        }

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
            Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
