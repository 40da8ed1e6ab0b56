using Flama.AspNetCore.Predict;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Streaming;

/// <summary>Which content types are lines of JSON.</summary>
internal static class LineMediaType
{
    /// <summary>The content type of the answers.</summary>
    public const string Answer = "application/x-ndjson";

    /// <summary>The content type of answers as server-sent events.</summary>
    public const string Events = "text/event-stream";

    private static readonly string[] Known = [Answer, "application/ndjson", "application/jsonl", "application/jsonlines", "application/x-jsonlines"];

    /// <summary>Whether a client asks for server-sent events.</summary>
    public static bool WantsEvents(HttpRequest request) => request.Headers.Accept.ToString().Contains(Events, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for the names that lines of JSON go by, for JSON itself, and for none at all.</summary>
    public static bool Is(string? contentType) =>
        JsonMediaType.Is(contentType) || Known.Contains(contentType!.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase);
}
