using System.Text.Json;

namespace Flama.AspNetCore.Calls;

/// <summary>What an endpoint answered to a request from within.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body; empty where the endpoint left a bare status.</param>
internal sealed record InnerAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether it is an answer and no error.</summary>
    public bool IsSuccess => Status < 400;

    /// <summary>The body as JSON, of its own memory.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.Clone();
    }
}
