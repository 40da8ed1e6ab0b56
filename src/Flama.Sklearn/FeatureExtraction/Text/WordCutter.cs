using Flama.Pickle;
using Flama.Sklearn.FeatureExtraction.Patterns;

namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Terms are words, or words that follow each other joined by blanks. Stop words are left out before words are joined.</summary>
internal sealed class WordCutter : TermCutter
{
    private const string DefaultPattern = @"(?u)\b\w\w+\b";

    private readonly int? leastWord;
    private readonly PatternProgram? pattern;
    private readonly HashSet<string>? stopWords;

    public WordCutter(EstimatorState state)
    {
        var text = state.OptionalText("token_pattern") ?? DefaultPattern;
        leastWord = WordScanner.LeastOf(text);
        pattern = leastWord is null ? Compile(state, text) : null;
        stopWords = StopWordsOf(state);
    }

    public override IReadOnlySet<string>? StopWords => stopWords;

    public override bool MakesSingleWords => Longest == 1;

    public override void Cut(AnalysisScratch scratch, TermSink sink, bool keepsStopWords)
    {
        var tokens = scratch.Tokens;
        tokens.Clear();
        if (pattern is null)
        {
            WordScanner.FindAll(scratch.Text.Text, leastWord!.Value, tokens);
        }
        else
        {
            scratch.Matcher ??= new PatternMatcher(pattern);
            scratch.Matcher.FindAll(scratch.Text.Text, tokens);
        }

        if (stopWords is not null && !keepsStopWords)
        {
            RemoveStopWords(scratch.Text.Text, tokens);
        }

        if (MakesSingleWords)
        {
            AddRuns(scratch.Text.Text, tokens, 1, sink);
            return;
        }

        Join(scratch);
        for (var n = Shortest; n <= Math.Min(Longest, tokens.Count); n++)
        {
            AddRuns(scratch.Other.Text, tokens, n, sink);
        }
    }

    private static PatternProgram Compile(EstimatorState state, string text)
    {
        try
        {
            var program = PatternProgram.Compile(text);
            return program.Groups <= 1 ? program : throw state.Fail($"its token_pattern has {program.Groups} groups, at most one may capture");
        }
        catch (PatternException exception) when (!exception.IsBeyondUs)
        {
            throw state.Fail($"its token_pattern '{InputCheck.Shorten(text)}' is not a pattern: {exception.Message}");
        }
        catch (PatternException exception)
        {
            throw state.Unsupported($"token_pattern='{InputCheck.Shorten(text)}'", $"{exception.Message}.");
        }
    }

    private static HashSet<string>? StopWordsOf(EstimatorState state)
    {
        switch (state.Value("stop_words"))
        {
            case null:
                return null;
            case "english":
                return EnglishStopWords.All;
            case string name:
                throw state.Fail($"its stop_words are '{name}', expected 'english' or a list of words");
            default:
                var items = state.Value("stop_words") is PickleSet set ? [.. set.Items] : state.List("stop_words");
                return items.OfType<string>().ToHashSet(StringComparer.Ordinal);
        }
    }

    private void RemoveStopWords(ReadOnlySpan<char> text, TokenList tokens)
    {
        var lookup = stopWords!.GetAlternateLookup<ReadOnlySpan<char>>();
        var all = tokens.All;
        var kept = 0;
        foreach (var token in all)
        {
            if (!lookup.Contains(text[token.Start..token.End]))
            {
                all[kept++] = token;
            }
        }

        tokens.CutTo(kept);
    }

    // Puts the words side by side with one blank between, so that an n-gram is a single span.
    private static void Join(AnalysisScratch scratch)
    {
        var text = scratch.Text.Text;
        scratch.Other.Clear();
        foreach (ref var token in scratch.Tokens.All)
        {
            var start = scratch.Other.Length;
            scratch.Other.Add(text[token.Start..token.End]);
            token = (start, scratch.Other.Length);
            scratch.Other.Add(' ');
        }
    }
}
