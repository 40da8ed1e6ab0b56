using Flama.Sklearn.FeatureExtraction.Text;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.FeatureExtraction;

/// <summary>Counts the terms of a text in columns that hashes of the terms point to, then divides the row by its norm.</summary>
/// <remarks>
/// With <c>alternate_sign</c> the hash's sign counts, so that terms that share a column may cancel. One text a row; anything else is refused.
/// Source: sklearn.feature_extraction.text, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class HashingVectorizer : TextVectorizer
{
    private readonly FeatureHashing hashing;
    private readonly RowNormKind? norm;

    public HashingVectorizer(EstimatorState state)
        : base(state)
    {
        hashing = new FeatureHashing(state);
        norm = RowNorm.Read(state, "norm");
    }

    public override int Width(int columns) => hashing.Columns;

    protected override TermSink SinkInto(TermCounts sums) => new HashingSink(hashing, sums);

    protected override void Weigh(ReadOnlySpan<int> columns, Span<double> values)
    {
        if (norm is { } kind)
        {
            RowNorm.Apply(values, kind);
        }
    }
}
