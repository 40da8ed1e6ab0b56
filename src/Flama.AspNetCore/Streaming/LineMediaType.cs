using Flama.AspNetCore.Predict;

namespace Flama.AspNetCore.Streaming;

/// <summary>Which content types are lines of JSON.</summary>
internal static class LineMediaType
{
    /// <summary>The content type of the answers.</summary>
    public const string Answer = "application/x-ndjson";

    private static readonly string[] Known = [Answer, "application/ndjson", "application/jsonl", "application/jsonlines", "application/x-jsonlines"];

    /// <summary>True for the names that lines of JSON go by, for JSON itself, and for none at all.</summary>
    public static bool Is(string? contentType) =>
        JsonMediaType.Is(contentType) || Known.Contains(contentType!.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase);
}
