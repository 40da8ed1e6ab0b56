namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Counts the terms that a vocabulary has.</summary>
/// <param name="vocabulary">The vocabulary.</param>
internal sealed class VocabularySink(Vocabulary vocabulary) : TermSink
{
    private TermCounts? counts;

    /// <summary>Counts into these sums from now on.</summary>
    public void Into(TermCounts target) => counts = target;

    public override void Add(ReadOnlySpan<char> term)
    {
        if (vocabulary.TryFind(term, out var column))
        {
            counts!.Add(column, 1);
        }
    }
}
