using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Flama.AspNetCore.Streaming;

/// <summary>Answers WebSocket connections to <c>{url}stream/</c>: a message of rows in, a message of predictions out. Thread-safe.</summary>
internal sealed class SocketStream(ModelRoute served, StreamServices services)
{
    private readonly StreamAnswers answers = new(served, services.Errors);

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a request.")]
    public async Task HandleAsync(HttpContext context)
    {
        if (!services.Options.IsEnabled)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers[HeaderNames.Upgrade] = "websocket";
            return;
        }

        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(
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
}
