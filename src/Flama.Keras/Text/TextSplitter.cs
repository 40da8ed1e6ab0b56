using System.Text;

namespace Flama.Keras.Text;

/// <summary>Text to words as Keras's TextVectorization makes them. Immutable and thread-safe.</summary>
/// <param name="standardize">What happens before: lower case of ASCII letters, punctuation of ASCII taken out; null for nothing.</param>
/// <param name="split">At white space, or into characters; null for not at all.</param>
/// <param name="ngrams">How many neighbours are joined; null for single words.</param>
internal sealed class TextSplitter(string? standardize, string? split, int[]? ngrams)
{
    private const string Punctuation = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'";

    /// <summary>The words of a text.</summary>
    public List<string> Split(string text)
    {
        text = Clean(text);
        List<string> words = split switch
        {
            "whitespace" => [.. text.Split(Words.Spaces, StringSplitOptions.RemoveEmptyEntries)],
            "character" => [.. text.EnumerateRunes().Select(rune => rune.ToString())],
            _ => [text],
        };
        if (ngrams is null)
        {
            return words;
        }

        List<string> joined = [];
        foreach (var n in ngrams)
        {
            for (var i = 0; i + n <= words.Count; i++)
            {
                joined.Add(string.Join(' ', words.Skip(i).Take(n)));
            }
        }

        return joined;
    }

    /// <summary>A text before it is split.</summary>
    public string Clean(string text)
    {
        var lowers = standardize is "lower_and_strip_punctuation" or "lower";
        var strips = standardize is "lower_and_strip_punctuation" or "strip_punctuation";
        if (!lowers && !strips)
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        foreach (var letter in text)
        {
            if (!strips || !Punctuation.Contains(letter, StringComparison.Ordinal))
            {
                clean.Append(lowers && char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter);
            }
        }

        return clean.ToString();
    }

    /// <summary>All texts of a tensor before they are split.</summary>
    public ModelTensor Clean(ModelTensor texts)
    {
        var clean = new string?[texts.Count];
        for (var i = 0; i < clean.Length; i++)
        {
            clean[i] = Clean(Words.At(texts, i));
        }

        return ModelTensor.OfTexts(clean, [.. texts.Shape]);
    }
}
