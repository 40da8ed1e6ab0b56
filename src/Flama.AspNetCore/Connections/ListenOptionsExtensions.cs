using Flama.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Decides how the server treats connections.</summary>
public static class ListenOptionsExtensions
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Answers clients that close their side of the connection right after the request (a TCP half-close). Without it the server drops the answer
    /// unless it was written before that end arrived.
    /// </summary>
    /// <param name="listen">The endpoint of the server, for example in <c>ConfigureEndpointDefaults</c>.</param>
    /// <param name="patience">How long an answer may take after the client has closed its side; then the request is cancelled. Null for 2 seconds.</param>
    /// <returns>The same endpoint.</returns>
    /// <remarks>A client that is gone altogether looks the same until something is sent to it, so its request is cancelled as much later.</remarks>
    public static ListenOptions AnswerHalfClosedConnections(this ListenOptions listen, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(listen);
        var limit = patience ?? DefaultPatience;
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.Zero, nameof(patience));
        listen.Use(next => new HalfClosedConnection(next, limit).RunAsync);
        return listen;
    }
}
