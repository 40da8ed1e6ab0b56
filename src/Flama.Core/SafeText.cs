namespace Flama;

/// <summary>Text that a file or a request brought, made safe for a message: it cannot move a terminal's cursor, forge lines or fill a screen.</summary>
public static class SafeText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text on one line: line ends and tabulators become spaces, other control characters and halves of surrogate pairs U+FFFD.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">Where it is cut, in UTF-16 units; an ellipsis stands for the rest.</param>
    public static string OneLine(ReadOnlySpan<char> text, int longest = 1000)
    {
        var isCut = text.Length > longest;
        var length = isCut && longest > 0 && char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : Math.Min(text.Length, longest);
        return string.Create(length + (isCut ? 1 : 0), text, (line, source) =>
        {
            for (var i = 0; i < length; i++)
            {
                line[i] = source[i] switch
                {
                    '\n' or '\r' or '\t' => ' ',
                    _ when char.IsControl(source[i]) || IsLone(source, i) => Replacement,
                    _ => source[i],
                };
            }

            if (isCut)
            {
                line[^1] = '…';
            }
        });
    }

    private static bool IsLone(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) ? at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])
        : char.IsLowSurrogate(text[at]) && (at == 0 || !char.IsHighSurrogate(text[at - 1]));
}
