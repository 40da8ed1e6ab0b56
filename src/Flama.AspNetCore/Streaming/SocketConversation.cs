using System.Buffers;
using System.Net.WebSockets;
using Flama.AspNetCore.Buffers;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Streaming;

/// <summary>One WebSocket connection from its first message to its close. Not thread-safe, but for the application's end.</summary>
/// <remarks>
/// The next message is received when the last one was answered and the client took the answer. The application's end closes a connection that
/// waits with 1001, and one that answers when it has. What breaks the protocol closes it with 1002 or 1007 (RFC 6455, section 7.4).
/// </remarks>
internal sealed class SocketConversation : IAsyncDisposable
{
    private const int Waiting = 0;
    private const int Answering = 1;
    private const int Ending = 2;
    private const int FirstPiece = 4096;
    private const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    // A client that is told that the connection closes has this long to say the same.
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    // One that broke the protocol has this long to take the frame that says so.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(1);

    private readonly WebSocket socket;
    private readonly HttpContext context;
    private readonly StreamAnswers answers;
    private readonly StreamServices services;
    private readonly PooledBuffer message;
    private readonly PooledBuffer answer;
    private readonly CancellationTokenSource lifetime;
    private Task farewell = Task.CompletedTask;
    private long number;
    private long counted;
    private int state;
    private bool isParted;

    /// <summary>Makes the conversation, which disposes the socket.</summary>
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
    /// <exception cref="WebSocketException">The client went away, or broke the protocol.</exception>
    public async Task RunAsync()
    {
        await using var stop = services.Stopping.UnsafeRegister(static self => ((SocketConversation)self!).End(), this);
        try
        {
            while (await ReceiveAsync())
            {
                if (Interlocked.CompareExchange(ref state, Answering, Waiting) == Ending)
                {
                    // The farewell is out, an answer cannot follow it; the client's own close is awaited in the next round.
                    continue;
                }

                await AnswerAsync();
                Volatile.Write(ref state, Waiting);
                if (services.Stopping.IsCancellationRequested)
                {
                    End();
                }
            }
        }
        catch (WebSocketException failure) when (failure.WebSocketErrorCode != WebSocketError.ConnectionClosedPrematurely)
        {
            await FailAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        services.Buffers.Return(message);
        services.Buffers.Return(answer);
        await farewell.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!isParted)
        {
            // One that has failed would reset the connection; it has released what it held.
            socket.Dispose();
        }

        lifetime.Dispose();
    }

    private async ValueTask AnswerAsync()
    {
        using (await answers.EnterAsync(context, lifetime.Token))
        {
            answers.Write(context, new ReadOnlySequence<byte>(message.WrittenMemory), StreamPart.Message(number), answer, lifetime.Token);
        }

        message.Clear();
        counted = 0;

        // A large answer goes out in several frames of one message: the socket would hold two copies of it otherwise.
        var rest = answer.WrittenMemory;
        do
        {
            var piece = rest[..Math.Min(BodyWriterExtensions.Piece, rest.Length)];
            rest = rest[piece.Length..];
            await socket.SendAsync(piece, WebSocketMessageType.Text, endOfMessage: rest.IsEmpty, lifetime.Token);
        }
        while (!rest.IsEmpty);

        answer.Clear();
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
                await CloseAsync(socket.CloseStatus ?? WebSocketCloseStatus.Empty, null);
                return false;
            }

            if (message.Length > services.MaxMessageBytes)
            {
                await CloseAsync(WebSocketCloseStatus.MessageTooBig, $"The message is larger than {services.MaxMessageBytes} bytes.");
                return false;
            }

            if (message.Length > StreamAnswers.Counted && message.Length > counted && !TryCount())
            {
                await CloseAsync(TryAgainLater, "There is no memory for the message now.");
                return false;
            }

            if (received.EndOfMessage)
            {
                number++;
                return true;
            }

            space = message.GetMemory(FirstPiece);
        }
    }

    private bool TryCount()
    {
        try
        {
            counted = 2L * message.Length;
            services.Memory.Hold(context, counted);
            return true;
        }
        catch (FlamaException)
        {
            return false;
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status, string? reason)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            lifetime.CancelAfter(CloseLimit);
            await socket.CloseAsync(status, reason, lifetime.Token);
        }
    }

    // The socket has sent a close frame, unless what is wrong was found behind the frames: compressed data that is not. It is of no use any more.
    private async Task FailAsync()
    {
        if (context.Features.Get<SocketTransport>() is { } transport)
        {
            await transport.PartAsync(WebSocketCloseStatus.InvalidPayloadData, DrainLimit);
            isParted = true;
        }
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
}
