using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Flama.AspNetCore.Streaming;

/// <summary>The connection below a WebSocket, which outlives it: for what is left to do when the protocol has failed. HTTP/1.1 only.</summary>
/// <param name="inner">The server's own upgrade.</param>
[SuppressMessage("Design", "CA1001", Justification = "The stream leaves the connection to the server.")]
internal sealed class SocketTransport(IHttpUpgradeFeature inner) : IHttpUpgradeFeature
{
    private FrameStream? frames;

    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>The step in front of the framework's WebSockets.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
        {
            SocketTransport transport = new(upgrade);
            context.Features.Set<IHttpUpgradeFeature>(transport);
            context.Features.Set(transport);
        }

        return next(context);
    }

    public async Task<Stream> UpgradeAsync() => frames = new FrameStream(await inner.UpgradeAsync());

    /// <summary>Sends a close frame unless there was one, and reads away what the client still sends until it closes the connection.</summary>
    /// <remarks>A connection that is closed with bytes that were not read is reset, and the client may lose the close frame that tells why.</remarks>
    public async Task PartAsync(WebSocketCloseStatus status, TimeSpan limit)
    {
        // A token would end the connection with the read.
        using CancellationTokenSource patience = new(limit);
        if (frames is not null)
        {
            await Task.WhenAny(PartAsync(frames, status), Task.Delay(Timeout.Infinite, patience.Token));
        }
    }

    private static async Task PartAsync(FrameStream frames, WebSocketCloseStatus status)
    {
        var buffer = new byte[4096];
        try
        {
            await frames.CloseAsync(status, CancellationToken.None);
            while (await frames.ReadAsync(buffer, CancellationToken.None) > 0)
            {
                // Nothing of it is looked at.
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone, or has sent enough.
        }
    }
}
