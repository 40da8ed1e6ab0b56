namespace Flama.Json;

/// <summary>
/// Remembers short strings that came lately, so that the categories of one request are the string objects of the next. Thread-safe
/// without locks: a slot holds one string, and whoever writes last wins.
/// </summary>
internal sealed class TextCache
{
    private const int Slots = 512;
    private const int MaxLength = 64;

    private readonly string?[] slots = new string?[Slots];

    /// <summary>The text as a string, an old one where possible.</summary>
    public string Get(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
        {
            return new string(text);
        }

        ref var slot = ref slots[string.GetHashCode(text, StringComparison.Ordinal) & (Slots - 1)];
        if (slot is { } known && text.SequenceEqual(known))
        {
            return known;
        }

        return slot = new string(text);
    }
}
