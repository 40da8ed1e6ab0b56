namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Takes the terms of a text one by one.</summary>
internal abstract class TermSink
{
    /// <summary>Takes one term; the span lives no longer than the call.</summary>
    public abstract void Add(ReadOnlySpan<char> term);
}
