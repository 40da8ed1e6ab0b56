using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.FeatureExtraction;

/// <summary>Hashes terms to columns.</summary>
/// <param name="hashing">The columns.</param>
/// <param name="sums">Where the ones are added.</param>
internal sealed class HashingSink(FeatureHashing hashing, TermCounts sums) : TermSink
{
    public override void Add(ReadOnlySpan<char> term) => hashing.Add(term, 1, sums);
}
