using Flama.Pickle;
using Flama.Sklearn.FeatureExtraction.Patterns;

namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Turns a text into terms: lower case, without accents, cut into words or characters, put together to n-grams. The analyzer of scikit-learn's vectorizers.</summary>
/// <remarks>
/// Terms are spans of buffers that are used again, no string is made. Functions of the user's (<c>tokenizer</c>, <c>preprocessor</c>, <c>analyzer</c>) are
/// refused at load, and so is reading texts from files. Thread-safe; each call has buffers of its own. Source: sklearn.feature_extraction.text.
/// </remarks>
internal sealed class TextAnalyzer
{
    private readonly bool lowers;
    private readonly bool stripsAccents;
    private readonly bool asciiOnly;
    private readonly TermCutter cutter;
    private AnalysisScratch? spare;

    public TextAnalyzer(EstimatorState state)
    {
        if (state.Value("input") is not ("content" or null))
        {
            throw state.Unsupported($"input={(state.Value("input") is string input ? $"'{input}'" : "something else than 'content'")}");
        }

        foreach (var function in (string[])["tokenizer", "preprocessor"])
        {
            if (state.Value(function) is not null)
            {
                throw state.Unsupported($"a {function} of the user's");
            }
        }

        if (state.Value("analyzer") is not (string or null))
        {
            throw state.Unsupported("an analyzer of the user's");
        }

        lowers = state.Flag("lowercase", true);
        if (state.Value("strip_accents") is not (null or false))
        {
            asciiOnly = state.Value("strip_accents") is PickleSymbol
                ? throw state.Unsupported("a strip_accents of the user's")
                : state.Choice("strip_accents", "ascii", "unicode") == "ascii";
            stripsAccents = true;
        }

        cutter = TermCutter.Read(state);
    }

    /// <summary>The words that are left out before n-grams are made; null when there are none.</summary>
    public IReadOnlySet<string>? StopWords => cutter.StopWords;

    /// <summary>Whether every term is a single word, so that leaving stop words out of the vocabulary does the same.</summary>
    public bool MakesSingleWords => cutter.MakesSingleWords;

    /// <summary>Gives buffers out; they come back with <see cref="Return"/>.</summary>
    public AnalysisScratch Rent() => Interlocked.Exchange(ref spare, null) ?? new AnalysisScratch();

    /// <summary>Takes buffers back.</summary>
    public void Return(AnalysisScratch scratch)
    {
        if (scratch.IsWorthKeeping)
        {
            spare = scratch;
        }
    }

    /// <summary>Gives the terms of a text to a sink.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scratch">Buffers.</param>
    /// <param name="sink">Who takes the terms.</param>
    /// <param name="keepsStopWords">Whether the caller leaves stop words out itself.</param>
    /// <exception cref="PatternException">The token pattern takes too many steps on the text.</exception>
    public void Analyze(ReadOnlySpan<char> text, AnalysisScratch scratch, TermSink sink, bool keepsStopWords)
    {
        scratch.Text.Clear();
        if (lowers)
        {
            PythonLower.Append(text, scratch.Text);
        }
        else
        {
            scratch.Text.Add(text);
        }

        if (stripsAccents)
        {
            scratch.Other.Clear();
            AccentStripping.Append(scratch.Text.Text, asciiOnly, scratch.Other);
            scratch.Swap();
        }

        cutter.Cut(scratch, sink, keepsStopWords);
    }
}
