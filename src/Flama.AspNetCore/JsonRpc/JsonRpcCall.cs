using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore;

/// <summary>One call of a method of JSON-RPC.</summary>
/// <param name="Context">The HTTP request that it came with: its user, headers and services.</param>
/// <param name="Method">The method.</param>
/// <param name="IsNotification">Whether the client wants no answer.</param>
public sealed record JsonRpcCall(HttpContext Context, string Method, bool IsNotification)
{
    /// <summary>Ends when the client leaves.</summary>
    public CancellationToken Cancelled => Context.RequestAborted;
}
