namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <summary>Python's inline flags.</summary>
[Flags]
internal enum PatternFlags
{
    None = 0,

    /// <summary><c>a</c>: classes are ASCII's.</summary>
    Ascii = 1,

    /// <summary><c>i</c>: letters stand for their other case.</summary>
    IgnoreCase = 2,

    /// <summary><c>m</c>: ^ and $ match at lines.</summary>
    Multiline = 4,

    /// <summary><c>s</c>: the dot takes line ends.</summary>
    DotAll = 8,

    /// <summary><c>x</c>: blanks and comments in the pattern mean nothing.</summary>
    Verbose = 16,
}
