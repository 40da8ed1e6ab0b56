using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Models;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Streaming;

/// <summary>
/// Answers WebSocket connections to <c>{url}stream/</c>: a message of rows in, a message of predictions out; and every method that the path does not have.
/// Thread-safe.
/// </summary>
internal sealed class SocketStream(ModelRoute served, StreamServices services)
{
    private readonly StreamAnswers answers = new(served, services);
    private readonly string methods = services.Options.IsEnabled ? "GET, HEAD, POST" : "POST";

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a request.")]
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            if (await IsRefusedAsync(context))
            {
                return;
            }

            var socket = await context.WebSockets.AcceptWebSocketAsync(
                new WebSocketAcceptContext { DangerousEnableCompression = services.Options.UsesCompression });
            await using SocketConversation conversation = new(socket, context, answers, services);
            await conversation.RunAsync();
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException || ErrorResponder.IsClientGone(context, exception))
        {
            // The client went away, or said nothing for too long, or did not speak the protocol.
            services.Errors.NoteClientGone(context);
        }
        catch (Exception exception)
        {
            await services.Errors.RespondAsync(context, exception);
        }
    }

    private async Task<bool> IsRefusedAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var isSocket = context.WebSockets.IsWebSocketRequest;
        if (!isSocket && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = methods;
            return true;
        }

        if (!services.Options.IsEnabled)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return true;
        }

        if (!isSocket)
        {
            SocketHandshake.Refuse(context);
            return true;
        }

        if (!SocketHandshake.IsOriginAllowed(request, services.Options.AllowedOrigins))
        {
            await services.Errors.RespondAsync(context, SocketHandshake.OriginRefused(request));
            return true;
        }

        return false;
    }
}
