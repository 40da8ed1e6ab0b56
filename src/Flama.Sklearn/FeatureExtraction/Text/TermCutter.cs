namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Cuts a prepared text into terms.</summary>
internal abstract class TermCutter
{
    /// <summary>The shortest n-grams.</summary>
    protected int Shortest { get; private init; }

    /// <summary>The longest n-grams.</summary>
    protected int Longest { get; private init; }

    /// <summary>The words that are left out before n-grams are made; null when there are none.</summary>
    public virtual IReadOnlySet<string>? StopWords => null;

    /// <summary>Whether every term is a single word.</summary>
    public virtual bool MakesSingleWords => false;

    /// <summary>Makes the cutter of a vectorizer's <c>analyzer</c> and <c>ngram_range</c>.</summary>
    public static TermCutter Read(EstimatorState state)
    {
        var range = state.Value("ngram_range") is { } value ? state.AsIntegers(value, "ngram_range") : [1, 1];
        if (range.Length != 2 || range[0] < 0 || range[1] < range[0])
        {
            throw state.Fail($"its ngram_range is ({string.Join(", ", range)}), expected the smallest and the largest n");
        }

        var analyzer = state.Value("analyzer") is null ? "word" : state.Choice("analyzer", "word", "char", "char_wb");
        return analyzer switch
        {
            "word" => new WordCutter(state) { Shortest = range[0], Longest = range[1] },
            "char" => new CharacterCutter { Shortest = range[0], Longest = range[1] },
            _ => new WordCharacterCutter { Shortest = range[0], Longest = range[1] },
        };
    }

    /// <summary>Cuts <see cref="AnalysisScratch.Text"/> and gives the terms to a sink.</summary>
    public abstract void Cut(AnalysisScratch scratch, TermSink sink, bool keepsStopWords);

    /// <summary>Fills the token list with the code points of a text.</summary>
    protected static void FindCodePoints(ReadOnlySpan<char> text, TokenList codePoints)
    {
        codePoints.Clear();
        for (var i = 0; i < text.Length;)
        {
            PythonCharacter.At(text, i, out var length);
            codePoints.Add(i, i + length);
            i += length;
        }
    }

    /// <summary>Gives all runs of n tokens to a sink.</summary>
    protected static void AddRuns(ReadOnlySpan<char> text, TokenList tokens, int n, TermSink sink)
    {
        for (var i = 0; i + n <= tokens.Count; i++)
        {
            sink.Add(n == 0 ? default : text[tokens[i].Start..tokens[i + n - 1].End]);
        }
    }
}
