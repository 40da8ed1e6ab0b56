namespace Flama.Sklearn.FeatureExtraction;

/// <summary>Counts the terms of a text and weighs them by how rare they were in training (tf-idf).</summary>
/// <remarks>
/// A <see cref="CountVectorizer"/> and a <see cref="TfidfTransformer"/> in one. Source: sklearn.feature_extraction.text, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class TfidfVectorizer : CountVectorizer
{
    private readonly TermWeights weights;

    public TfidfVectorizer(EstimatorState state)
        : base(state) => weights = new TermWeights(state.Part(state.Required("_tfidf"), "_tfidf"), TermCount);

    protected override PredictionKind NumberKind => PredictionKind.Float;

    protected override void Weigh(ReadOnlySpan<int> columns, Span<double> values) => weights.Apply(columns, values);
}
