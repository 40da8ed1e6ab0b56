using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Streaming;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Sockets;

/// <summary>Opens WebSocket connections, has them handled, and closes them. Thread-safe.</summary>
internal sealed class SocketEndpoint(Func<SocketConnection, Task> handle, HttpServices services)
{
    // A client that is told that the connection closes has this long to say the same.
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    // One that broke the protocol has this long to take the frame that says so.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(1);

    private const string Stops = "The server stops.";

    private readonly WebSocketStreamOptions options = services.Options.WebSockets;

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a request.")]
    public async Task HandleAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            SocketHandshake.Refuse(context);
            await services.Errors.RespondAsync(context, new Problem(context.Response.StatusCode, $"'{SafeText.OneLine(context.Request.Path.Value ?? "/", 200)}' answers WebSocket connections, and this request opens none."));
            return;
        }

        if (!SocketHandshake.IsOriginAllowed(context.Request, options.AllowedOrigins))
        {
            await services.Errors.RespondAsync(context, SocketHandshake.OriginRefused(context.Request));
            return;
        }

        try
        {
            var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { DangerousEnableCompression = options.UsesCompression });
            var isParted = false;
            try
            {
                await RunAsync(context, socket);
            }
            catch (WebSocketException failure) when (failure.WebSocketErrorCode != WebSocketError.ConnectionClosedPrematurely && context.Features.Get<SocketTransport>() is { } transport)
            {
                // What breaks the protocol. Disposed, the socket would reset the connection before the client has read why.
                await transport.PartAsync(WebSocketCloseStatus.InvalidPayloadData, DrainLimit);
                isParted = true;
                throw;
            }
            finally
            {
                if (!isParted)
                {
                    socket.Dispose();
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException || ErrorResponder.IsClientGone(context, exception))
        {
            services.Errors.NoteClientGone(context);
        }
        catch (Exception exception)
        {
            await services.Errors.RespondAsync(context, exception);
        }
    }

    private async Task RunAsync(HttpContext context, WebSocket socket)
    {
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        SocketConnection connection = new(context, socket, options.MaxMessageBytes ?? services.Options.MaxRequestBodyBytes, lifetime.Token);
        var closing = Task.CompletedTask;
        var stop = services.Streams.Stopping.UnsafeRegister(
            _ =>
            {
                closing = connection.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, Stops, lifetime.Token);
                lifetime.CancelAfter(CloseLimit);
            },
            null);
        try
        {
            var (status, reason) = await HandleAsync(connection, socket);
            await CloseAsync(connection, socket, status, reason);
        }
        finally
        {
            await stop.DisposeAsync();

            // What kept it from closing is that the client went away.
            await closing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The client learns that it failed, and the log why.")]
    private async Task<(WebSocketCloseStatus Status, string? Reason)> HandleAsync(SocketConnection connection, WebSocket socket)
    {
        try
        {
            await handle(connection);
            return (WebSocketCloseStatus.NormalClosure, null);
        }
        catch (SocketRefusedException refused)
        {
            return (refused.Status, refused.Message);
        }
        catch (OperationCanceledException) when (services.Streams.Stopping.IsCancellationRequested && !IsOver(connection, socket))
        {
            return (WebSocketCloseStatus.EndpointUnavailable, Stops);
        }
        catch (Exception failure) when (!(failure is WebSocketException or OperationCanceledException && IsOver(connection, socket)))
        {
            var problem = services.Errors.Describe(connection.Context, failure);
            return (WebSocketCloseStatus.InternalServerError, problem.CorrelationId ?? problem.Title);
        }
    }

    // Handlers have waits and connections of their own, whose end is not the end of this one.
    private static bool IsOver(SocketConnection connection, WebSocket socket) =>
        connection.Ended.IsCancellationRequested || socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived);

    // Then waits for the client's own close: what it still sends is not looked at.
    private static async Task CloseAsync(SocketConnection connection, WebSocket socket, WebSocketCloseStatus status, string? reason)
    {
        using CancellationTokenSource patience = new(CloseLimit);
        await connection.CloseAsync(status, reason, patience.Token);
        var rest = new byte[1024];
        while (socket.State == WebSocketState.CloseSent)
        {
            await socket.ReceiveAsync(rest.AsMemory(), patience.Token);
        }
    }
}
