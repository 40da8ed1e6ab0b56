namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <summary>In which order the numbers of repetitions are tried.</summary>
internal enum PatternGreed
{
    /// <summary>More first.</summary>
    Greedy,

    /// <summary>Fewer first.</summary>
    Lazy,

    /// <summary>As many as there are, and no others.</summary>
    Possessive,
}
