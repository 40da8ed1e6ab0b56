namespace Flama.AspNetCore.JsonRpc;

/// <summary>The codes of the protocol (JSON-RPC 2.0, section 5.1).</summary>
internal static class JsonRpcErrors
{
    public const int Parse = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int Internal = -32603;

    /// <summary>The first of those that are the server's own.</summary>
    public const int Refused = -32000;
}
