namespace Flama.AspNetCore.Streaming;

/// <summary>What is decided about WebSocket connections of <c>{url}stream/</c>. How often they are asked for a sign of life is a setting of the framework's own.</summary>
internal sealed class StreamOptions
{
    /// <summary>Whether there are WebSocket connections at all; lines by POST do not depend on it. Default true.</summary>
    public bool AllowsWebSockets { get; set; } = true;

    /// <summary>The largest message in bytes; null for the largest body of a request. A larger one closes the connection with 1009.</summary>
    public long? MaxMessageBytes { get; set; }

    /// <summary>Whether messages are compressed for clients that offer it. Default false, as it costs memory for each connection.</summary>
    public bool Compresses { get; set; }
}
