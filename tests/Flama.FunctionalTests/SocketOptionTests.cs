using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Flama.FunctionalTests;

/// <summary>The options of WebSocket connections, seen from a client.</summary>
public sealed class SocketOptionTests
{
    private const string Rows = "[[0, 0], [0, 1]]";

    [Fact]
    public async Task MaxSize_LargerMessage_ClosesWith1009()
    {
        await using var server = await StartAsync("--server-ws-max-size=64");
        using var socket = await ConnectAsync(server);

        var answer = await AskAsync(socket, Rows);
        await SendAsync(socket, $"{Rows}{new string(' ', 64)}");
        var received = await socket.ReceiveAsync(new byte[1000], TestContext.Current.CancellationToken);

        Assert.Equal("""{"output":[0,1]}""", answer);
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.MessageTooBig), (received.MessageType, socket.CloseStatus));
    }

    [Fact]
    public async Task None_Upgrade_Is404()
    {
        await using var server = await StartAsync("--server-ws=none");
        using ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(AddressOf(server), TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.NotFound, socket.HttpStatusCode);
    }

    [Theory]
    [InlineData("--server-ws-per-message-deflate", true)]
    [InlineData("--server-ws-per-message-deflate=false", false)]
    [InlineData("--server-ws=wsproto", true)]
    public async Task Deflate_OfferedByTheClient_IsTakenUpUnlessSwitchedOff(string option, bool isTakenUp)
    {
        await using var server = await StartAsync(option);
        using ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        await socket.ConnectAsync(AddressOf(server), TestContext.Current.CancellationToken);

        Assert.Equal("""{"output":[0,1]}""", await AskAsync(socket, Rows));
        Assert.Equal(isTakenUp, socket.HttpResponseHeaders!.ContainsKey("Sec-WebSocket-Extensions"));
    }

    [Fact]
    public async Task Ping_ClientThatNeverAnswers_IsGivenUp()
    {
        await using var server = await StartAsync("--server-ws-ping-interval=0.02", "--server-ws-ping-timeout=0.02");
        using var socket = await ConnectAsync(server);

        // A client that does not receive answers no ping; the access log has a line when the connection has ended.
        var line = await server.Process.WaitForOutputAsync("GET /stream/");

        Assert.Contains(" 101 ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_OpenConnection_IsClosedAndTheServerEndsWell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        await using var server = await StartAsync();
        using var socket = await ConnectAsync(server);
        await AskAsync(socket, Rows);

        await server.Process.SignalAsync("TERM");
        var received = await socket.ReceiveAsync(new byte[1000], TestContext.Current.CancellationToken);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        var result = await server.Process.WaitForExitAsync();

        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.EndpointUnavailable), (received.MessageType, socket.CloseStatus));
        Assert.Equal(0, result.ExitCode);
    }

    private static Task<FlamaServer> StartAsync(params string[] options) => FlamaServer.StartAsync([Xor.Path, "--server-port=0", .. options]);

    private static Uri AddressOf(FlamaServer server) => new($"ws://{server.Address.Authority}/stream/");

    private static async Task<ClientWebSocket> ConnectAsync(FlamaServer server)
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(AddressOf(server), TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<string> AskAsync(ClientWebSocket socket, string message)
    {
        await SendAsync(socket, message);
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static Task SendAsync(ClientWebSocket socket, string message) => socket.SendAsync(
        Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
}
