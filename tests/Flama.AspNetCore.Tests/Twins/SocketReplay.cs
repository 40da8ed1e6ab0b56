using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Flama.Tests.Twins;

/// <summary>Sends the recorded messages of a WebSocket conversation, and tells what came back in one line.</summary>
internal static class SocketReplay
{
    /// <summary>What the original said.</summary>
    public static string Expected(JsonElement conversation) => conversation.TryGetProperty("handshake_status", out var status)
        ? $"handshake {status.GetInt32()}"
        : Line(conversation.GetProperty("receive").EnumerateArray().Select(Text), conversation.TryGetProperty("close", out var close) ? close.GetInt32() : null);

    /// <summary>Has the conversation with a twin.</summary>
    public static async Task<string> RunAsync(Uri address, JsonElement conversation)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws" }.Uri, cancellationToken);
        }
        catch (WebSocketException)
        {
            return $"handshake {(int)socket.HttpStatusCode}";
        }

        foreach (var message in conversation.GetProperty("send").EnumerateArray())
        {
            var isBytes = message.ValueKind == JsonValueKind.Object;
            var bytes = Encoding.UTF8.GetBytes(isBytes ? message.GetProperty("bytes").GetString()! : message.GetString()!);
            await socket.SendAsync(bytes, isBytes ? WebSocketMessageType.Binary : WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }

        // The recorded end: the client left, or the server closed.
        var isClosed = conversation.TryGetProperty("close", out _);
        List<string> received = [];
        var buffer = new byte[4096];
        for (var left = conversation.TryGetProperty("receive", out var wanted) ? wanted.GetArrayLength() : 0; isClosed || left > 0; left--)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return Line(received, (int)socket.CloseStatus!);
            }

            var text = Encoding.UTF8.GetString(buffer, 0, result.Count);
            received.Add(result.MessageType == WebSocketMessageType.Binary ? $"bytes {text}" : text);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
        return Line(received, null);
    }

    private static string Line(IEnumerable<string> messages, int? close) => $"{string.Join(" / ", messages)}{(close is { } status ? $" closed {status}" : "")}";

    private static string Text(JsonElement message) => message.ValueKind == JsonValueKind.Object ? $"bytes {message.GetProperty("bytes").GetString()}" : message.GetString()!;
}
