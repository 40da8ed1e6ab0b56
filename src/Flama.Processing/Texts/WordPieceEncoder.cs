namespace Flama.Processing.Texts;

/// <summary>BERT's tokens: words, each cut into the longest pieces that the vocabulary has, from its beginning on.</summary>
/// <remarks>Not that of Microsoft.ML.Tokenizers, which makes one token of unknown words that follow each other and keeps accents that are one character with their letter.</remarks>
/// <param name="vocabulary">All tokens; pieces that go on begin with <c>##</c>.</param>
/// <param name="special">The tokens that are looked for in the text as it is.</param>
/// <param name="words">Finds the words.</param>
internal sealed class WordPieceEncoder(IReadOnlyDictionary<string, int> vocabulary, IReadOnlyDictionary<string, int> special, BertWords words) : ITextEncoder
{
    private const string Further = "##", Unknown = "[UNK]";
    private const int MaxWord = 100;

    private readonly int unknown = vocabulary[Unknown];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> beginnings = Of(vocabulary, isFurther: false);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> others = Of(vocabulary, isFurther: true);
    private readonly string[] tokens = [.. special.Keys.Where(token => token.Length > 0).OrderByDescending(token => token.Length)];

    public IReadOnlyList<int> Encode(string text)
    {
        List<int> numbers = [];
        var next = new int[tokens.Length];
        Array.Fill(next, -1);
        for (var start = 0; start < text.Length;)
        {
            var (at, token) = NextToken(text, start, next);
            foreach (var word in words.Find(text[start..at]))
            {
                Cut(word, numbers);
            }

            if (token is not null)
            {
                numbers.Add(special[token]);
            }

            start = at + (token?.Length ?? 0);
        }

        return numbers;
    }

    private static Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Of(IReadOnlyDictionary<string, int> vocabulary, bool isFurther)
    {
        Dictionary<string, int> pieces = new(StringComparer.Ordinal);
        foreach (var (token, number) in vocabulary)
        {
            if (!isFurther)
            {
                pieces[token] = number;
            }
            else if (token.StartsWith(Further, StringComparison.Ordinal))
            {
                pieces[token[Further.Length..]] = number;
            }
        }

        return pieces.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    // The first of the special tokens, the longest of those at one place; where each is next is looked for once.
    private (int At, string? Token) NextToken(string text, int start, int[] next)
    {
        var (first, found) = (text.Length, (string?)null);
        for (var i = 0; i < next.Length; i++)
        {
            if (next[i] < start)
            {
                next[i] = text.IndexOf(tokens[i], start, StringComparison.Ordinal) is >= 0 and var at ? at : text.Length;
            }

            if (next[i] < first)
            {
                (first, found) = (next[i], tokens[i]);
            }
        }

        return (first, found);
    }

    private void Cut(string word, List<int> numbers)
    {
        var before = numbers.Count;
        var length = word.Length <= MaxWord ? word.Length : word.EnumerateRunes().Count();
        var rest = length <= MaxWord ? word.AsSpan() : default;
        while (!rest.IsEmpty)
        {
            var pieces = numbers.Count == before ? beginnings : others;
            var end = rest.Length;
            int number;
            while (!pieces.TryGetValue(rest[..end], out number) && end > 0)
            {
                end--;
            }

            if (end == 0)
            {
                break;
            }

            numbers.Add(number);
            rest = rest[end..];
        }

        // A word that cannot be cut to its end is one that is not known.
        if (!rest.IsEmpty || length > MaxWord)
        {
            numbers.RemoveRange(before, numbers.Count - before);
            numbers.Add(unknown);
        }
    }
}
