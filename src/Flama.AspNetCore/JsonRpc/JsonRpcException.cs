using System.Text.Json;

namespace Flama.AspNetCore;

/// <summary>Answers a call of JSON-RPC with an error of the method's own.</summary>
/// <param name="code">The code; −32768 to −32000 are the protocol's.</param>
/// <param name="message">What is wrong, in a sentence; clients see it.</param>
/// <param name="data">More about it; null for nothing.</param>
public sealed class JsonRpcException(int code, string message, JsonElement? data = null) : Exception(message)
{
    /// <summary>The code.</summary>
    public int Code => code;

    /// <summary>More about it; null for nothing.</summary>
    public JsonElement? ErrorData => data;
}
