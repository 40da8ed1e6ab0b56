namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <summary>A pattern that Python would refuse, or that uses what is not known here, or a text on which a pattern takes too long.</summary>
/// <param name="message">What is wrong.</param>
internal sealed class PatternException(string message) : Exception(message)
{
    /// <summary>Whether Python would take the pattern.</summary>
    public bool IsBeyondUs { get; init; }
}
