using System.Net.WebSockets;

namespace Flama.AspNetCore.Sockets;

/// <summary>A message is not what the endpoint takes; the connection closes with the status.</summary>
internal sealed class SocketRefusedException(WebSocketCloseStatus status, string reason) : Exception(reason)
{
    /// <summary>Why it closes.</summary>
    public WebSocketCloseStatus Status => status;
}
