using System.Globalization;
using System.Text;

namespace Flama.Processing.Texts;

/// <summary>Finds the words of a text as BERT does: by spaces and around punctuation, letters small and without accents where that is wished.</summary>
/// <param name="lowers">Whether letters become small.</param>
/// <param name="stripsAccents">Whether accents are left out.</param>
/// <param name="splitsChinese">Whether each Chinese character is a word.</param>
/// <param name="cleans">Whether control characters are left out.</param>
internal sealed class BertWords(bool lowers, bool stripsAccents, bool splitsChinese, bool cleans)
{
    /// <summary>The words in order.</summary>
    public IReadOnlyList<string> Find(string text)
    {
        List<string> words = [];
        StringBuilder word = new();
        foreach (var rune in Prepare(text).EnumerateRunes())
        {
            var isSpace = Rune.IsWhiteSpace(rune);
            var isAlone = !isSpace && IsPunctuation(rune);
            if ((isSpace || isAlone) && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (isAlone)
            {
                words.Add(rune.ToString());
            }
            else if (!isSpace)
            {
                word.Append(rune.ToString());
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    private string Prepare(string text)
    {
        StringBuilder cleaned = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (cleans && (rune.Value is 0 or 0xFFFD || IsControl(rune)))
            {
                continue;
            }

            var isWord = splitsChinese && IsChinese(rune.Value);
            cleaned.Append(isWord ? " " : "").Append(cleans && Rune.IsWhiteSpace(rune) ? " " : rune.ToString()).Append(isWord ? " " : "");
        }

        var made = cleaned.ToString();
        made = stripsAccents ? Accents.Strip(made) : made;
        return lowers ? made.ToLowerInvariant() : made;
    }

    private static bool IsControl(Rune rune) => rune.Value is not ('\t' or '\n' or '\r')
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    // All of ASCII that is neither letter, digit nor space counts, $ and ^ too.
    private static bool IsPunctuation(Rune rune) => (rune.IsAscii && rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126))
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
            or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    private static bool IsChinese(int value) => value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
