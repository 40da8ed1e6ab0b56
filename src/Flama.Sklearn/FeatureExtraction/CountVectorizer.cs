using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.FeatureExtraction;

/// <summary>Counts the terms of a text that the vocabulary has; other terms are ignored.</summary>
/// <remarks>One text a row; anything else is refused. Source: sklearn.feature_extraction.text, checked against 0.23, 1.2, 1.4 and 1.9.</remarks>
internal class CountVectorizer : TextVectorizer
{
    private readonly Vocabulary vocabulary;

    public CountVectorizer(EstimatorState state)
        : base(state)
    {
        vocabulary = new Vocabulary(state, KeepsStopWords ? Analyzer.StopWords : null);
        NumberKind = state.Has("dtype") ? NumberType.KindOf(state) : PredictionKind.Integer;
    }

    protected override PredictionKind NumberKind { get; }

    // Single stop words are taken out of the vocabulary instead of every text.
    protected sealed override bool KeepsStopWords => Analyzer.MakesSingleWords;

    /// <summary>How many terms there are.</summary>
    protected int TermCount => vocabulary.Count;

    public sealed override int Width(int columns) => vocabulary.Count;

    protected sealed override TermSink SinkInto(TermCounts sums)
    {
        var sink = new VocabularySink(vocabulary);
        sink.Into(sums);
        return sink;
    }

    protected override void Weigh(ReadOnlySpan<int> columns, Span<double> values)
    {
    }
}
