namespace Flama.AspNetCore;

/// <summary>WebSocket connections of <c>{url}stream/</c>. How often they are asked for a sign of life is the framework's <c>WebSocketOptions</c>.</summary>
public sealed class WebSocketStreamOptions
{
    /// <summary>Whether there are WebSocket connections at all; lines by POST do not depend on it. Default true.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>The largest message in bytes; null for the largest body of a request. A larger one closes the connection with 1009. Default null.</summary>
    public long? MaxMessageBytes { get; set; }

    /// <summary>Whether messages are compressed for clients that offer it. Default false, as it costs memory for each connection.</summary>
    public bool UsesCompression { get; set; }

    /// <summary>
    /// The origins whose pages may connect beside those of this server's own host, for example <c>https://shop.example</c>; <c>*</c> for all. Programs send
    /// no origin and are not asked for one. Default none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];
}
