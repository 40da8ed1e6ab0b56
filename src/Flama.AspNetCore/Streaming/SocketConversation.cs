using System.Buffers;
using System.Net.WebSockets;
using Flama.AspNetCore.Buffers;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Streaming;

/// <summary>One WebSocket connection from its first message to its close. Not thread-safe, but for the application's end.</summary>
/// <remarks>
/// The next message is received when the last one was answered and the client took the answer. The application's end closes a connection that
/// waits with 1001, and one that answers when it has.
/// </remarks>
internal sealed class SocketConversation : IAsyncDisposable
{
    private const int Waiting = 0;
    private const int Answering = 1;
    private const int Ending = 2;
    private const int FirstPiece = 4096;
    private const int LargestKept = 64 * 1024;

    // A client that is told that the connection closes has this long to say the same.
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    private readonly WebSocket socket;
    private readonly HttpContext context;
    private readonly StreamAnswers answers;
    private readonly StreamServices services;
    private readonly PooledBuffer message;
    private readonly PooledBuffer answer;
    private readonly CancellationTokenSource lifetime;
    private Task farewell = Task.CompletedTask;
    private int state;

    public SocketConversation(WebSocket socket, HttpContext context, StreamAnswers answers, StreamServices services)
    {
        this.socket = socket;
        this.context = context;
        this.answers = answers;
        this.services = services;
        message = services.Buffers.Rent();
        answer = services.Buffers.Rent();
        lifetime = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
    }

    /// <summary>Answers messages until one side closes.</summary>
    public async Task RunAsync()
    {
        await using var stop = services.Stopping.UnsafeRegister(static self => ((SocketConversation)self!).End(), this);
        while (await ReceiveAsync())
        {
            if (Interlocked.CompareExchange(ref state, Answering, Waiting) == Ending)
            {
                // The farewell is out, an answer cannot follow it; the client's own close is awaited in the next round.
                continue;
            }

            answers.Write(context, new ReadOnlySequence<byte>(message.WrittenMemory), answer);
            await socket.SendAsync(answer.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, lifetime.Token);
            Forget(message);
            Forget(answer);
            Volatile.Write(ref state, Waiting);
            if (services.Stopping.IsCancellationRequested)
            {
                End();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        services.Buffers.Return(message);
        services.Buffers.Return(answer);
        await farewell.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.Dispose();
    }

    /// <summary>Receives a message; false when the connection is closed.</summary>
    private async ValueTask<bool> ReceiveAsync()
    {
        // A connection that rests holds no memory for what may come: the empty read waits.
        var space = Memory<byte>.Empty;
        message.Clear();
        while (true)
        {
            var received = await socket.ReceiveAsync(space, lifetime.Token);
            message.Advance(received.Count);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync(WebSocketCloseStatus.NormalClosure);
                return false;
            }

            if (message.Length > services.MaxMessageBytes)
            {
                await CloseAsync(WebSocketCloseStatus.MessageTooBig);
                return false;
            }

            if (received.EndOfMessage)
            {
                return true;
            }

            space = message.GetMemory(FirstPiece);
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        lifetime.CancelAfter(CloseLimit);
        var reason = status == WebSocketCloseStatus.MessageTooBig ? $"The message is larger than {services.MaxMessageBytes} bytes." : null;
        await socket.CloseAsync(status, reason, lifetime.Token);
    }

    // Called by the application's end, and by the loop behind an answer: one of the two finds the connection waiting.
    private void End()
    {
        if (Interlocked.CompareExchange(ref state, Ending, Waiting) == Waiting)
        {
            farewell = socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "The server stops.", lifetime.Token);
            lifetime.CancelAfter(CloseLimit);
        }
    }

    private static void Forget(PooledBuffer buffer)
    {
        if (buffer.Capacity > LargestKept)
        {
            buffer.Release();
        }
        else
        {
            buffer.Clear();
        }
    }
}
