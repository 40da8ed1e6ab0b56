namespace Flama.Json;

/// <summary>Quotes what a user sent, short enough for a message and without control characters.</summary>
internal static class Excerpt
{
    private const int MaxLength = 40;

    /// <summary>The text in single quotes, cut after 40 characters.</summary>
    public static string Of(ReadOnlySpan<char> text) => $"'{SafeText.OneLine(text, MaxLength)}'";

    /// <summary>Items joined by commas; after <paramref name="limit"/> of them, how many more there are.</summary>
    public static string List(IReadOnlyList<string> items, int limit)
    {
        var shown = string.Join(", ", items.Take(limit));
        return items.Count <= limit ? shown : $"{shown} and {items.Count - limit} more";
    }
}
