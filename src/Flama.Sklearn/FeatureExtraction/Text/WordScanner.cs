namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Finds runs of word characters of some length: the default token pattern <c>(?u)\b\w\w+\b</c> and its like, without a pattern matcher.</summary>
internal static class WordScanner
{
    /// <summary>The least length of a run for a pattern that means such runs; null for other patterns.</summary>
    public static int? LeastOf(string pattern)
    {
        var rest = pattern.AsSpan();
        rest = rest.StartsWith("(?u)") ? rest[4..] : rest;
        rest = rest.StartsWith(@"\b") ? rest[2..] : rest;
        rest = rest.EndsWith(@"\b") ? rest[..^2] : rest;
        var least = 0;
        while (rest.StartsWith(@"\w"))
        {
            rest = rest[2..];
            least++;
        }

        return least switch
        {
            > 0 when rest is "+" => least,
            1 when rest is ['{', >= '1' and <= '9' and var digit, ',', '}'] => digit - '0',
            _ => null,
        };
    }

    /// <summary>Adds the runs in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="least">The least number of code points.</param>
    /// <param name="tokens">Where to.</param>
    public static void FindAll(ReadOnlySpan<char> text, int least, TokenList tokens)
    {
        var position = 0;
        while (position < text.Length)
        {
            if (!PythonCharacter.IsWord(text[position]) && !IsWordBeyond(text, position))
            {
                position++;
                continue;
            }

            var start = position;
            var count = 0;
            while (position < text.Length)
            {
                if (PythonCharacter.IsWord(text[position]))
                {
                    position++;
                }
                else if (IsWordBeyond(text, position))
                {
                    position += 2;
                }
                else
                {
                    break;
                }

                count++;
            }

            if (count >= least)
            {
                tokens.Add(start, position);
            }
        }
    }

    private static bool IsWordBeyond(ReadOnlySpan<char> text, int position) =>
        char.IsHighSurrogate(text[position]) && PythonCharacter.IsWord(PythonCharacter.At(text, position, out var length)) && length == 2;
}
