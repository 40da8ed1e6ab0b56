using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Flama.AspNetCore.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore;

/// <summary>A WebSocket connection of <c>MapWebSocket</c>: whole messages as text, bytes or JSON. Sending is thread-safe; one reader reads.</summary>
/// <remarks>
/// Reading ends when the client closes or leaves, or the application stops. A message of another kind, or JSON that cannot be read, closes the connection with 1003, text that is not UTF-8 with
/// 1007, one that is too large (<see cref="WebSocketStreamOptions.MaxMessageBytes"/>) with 1009. JSON is read and written as <c>ConfigureHttpJsonOptions</c> says.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no handle to give back.")]
public sealed class SocketConnection
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly WebSocket socket;
    private readonly SemaphoreSlim sending = new(1);
    private readonly long limit;

    internal SocketConnection(HttpContext context, WebSocket socket, long limit, CancellationToken ended)
    {
        Context = context;
        this.socket = socket;
        this.limit = limit;
        Ended = ended;
    }

    /// <summary>The request that opened the connection: its route, query, headers, user and services.</summary>
    public HttpContext Context { get; }

    /// <summary>Ends with the connection.</summary>
    public CancellationToken Ended { get; }

    /// <summary>The messages as texts, one after the other.</summary>
    public async IAsyncEnumerable<string> ReadTextAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var (kind, message) in ReadAsync(cancellationToken))
        {
            Expect(kind == WebSocketMessageType.Text, "This path takes text.");
            yield return Text(message);
        }
    }

    /// <summary>The messages as bytes; each is the receiver's own.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadBytesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var (kind, message) in ReadAsync(cancellationToken))
        {
            Expect(kind == WebSocketMessageType.Binary, "This path takes binary messages.");
            yield return message;
        }
    }

    /// <summary>The messages as JSON, in text or binary frames.</summary>
    /// <typeparam name="T">What each is read as; <see cref="JsonElement"/> for anything.</typeparam>
    public async IAsyncEnumerable<T?> ReadJsonAsync<T>([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var type = TypeOf<T>();
        await foreach (var (_, message) in ReadAsync(cancellationToken))
        {
            T? value;
            try
            {
                value = JsonSerializer.Deserialize(message.Span, type);
            }
            catch (JsonException)
            {
                throw new SocketRefusedException(WebSocketCloseStatus.InvalidMessageType, "This path takes JSON of another form.");
            }

            yield return value;
        }
    }

    /// <summary>Sends a text.</summary>
    public ValueTask SendTextAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SendAsync(Utf8.GetBytes(text), WebSocketMessageType.Text, cancellationToken);
    }

    /// <summary>Sends bytes.</summary>
    public ValueTask SendBytesAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => SendAsync(bytes, WebSocketMessageType.Binary, cancellationToken);

    /// <summary>Sends a value as JSON in a text frame.</summary>
    public ValueTask SendJsonAsync<T>(T value, CancellationToken cancellationToken = default) =>
        SendAsync(JsonSerializer.SerializeToUtf8Bytes(value, TypeOf<T>()), WebSocketMessageType.Text, cancellationToken);

    /// <summary>Closes the connection; does nothing where it is closed.</summary>
    /// <param name="status">Why: 1000 by default; 4000 to 4999 are the application's own.</param>
    /// <param name="reason">The same in words, at most 123 bytes; null for none.</param>
    /// <param name="cancellationToken">Ends the wait for the client's own close.</param>
    public async Task CloseAsync(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure, string? reason = null, CancellationToken cancellationToken = default)
    {
        await sending.WaitAsync(cancellationToken);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(status, reason, cancellationToken);
            }
        }
        finally
        {
            sending.Release();
        }
    }

    private async IAsyncEnumerable<(WebSocketMessageType Kind, ReadOnlyMemory<byte> Message)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ended);
        var piece = new byte[4096];
        using MemoryStream message = new();
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            message.SetLength(0);
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(piece.AsMemory(), either.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    yield break;
                }

                message.Write(piece, 0, received.Count);
                if (message.Length > limit)
                {
                    throw new SocketRefusedException(WebSocketCloseStatus.MessageTooBig, $"The message is larger than {limit} bytes.");
                }
            }
            while (!received.EndOfMessage);
            yield return (received.MessageType, message.ToArray());
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType kind, CancellationToken cancellationToken)
    {
        // A client that does not read may hold up a message for as long as the connection is there.
        using var either = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ended) : null;
        var ended = either?.Token ?? Ended;
        await sending.WaitAsync(ended);
        try
        {
            await socket.SendAsync(message, kind, endOfMessage: true, ended);
        }
        finally
        {
            sending.Release();
        }
    }

    private static void Expect(bool isSo, string reason)
    {
        if (!isSo)
        {
            throw new SocketRefusedException(WebSocketCloseStatus.InvalidMessageType, reason);
        }
    }

    private static string Text(ReadOnlyMemory<byte> message)
    {
        try
        {
            return Utf8.GetString(message.Span);
        }
        catch (DecoderFallbackException)
        {
            throw new SocketRefusedException(WebSocketCloseStatus.InvalidPayloadData, "The message is not UTF-8.");
        }
    }

    private JsonTypeInfo<T> TypeOf<T>() =>
        (JsonTypeInfo<T>)Context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions.GetTypeInfo(typeof(T));
}
