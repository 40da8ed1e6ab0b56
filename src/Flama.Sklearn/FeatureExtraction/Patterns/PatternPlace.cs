namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <summary>Places in a text that have no length.</summary>
internal enum PatternPlace
{
    /// <summary><c>\A</c>, and ^ without the flag m.</summary>
    TextStart,

    /// <summary><c>\Z</c>.</summary>
    TextEnd,

    /// <summary>$ without the flag m: the end, or before a line end that ends the text.</summary>
    LastLineEnd,

    /// <summary>^ with the flag m.</summary>
    LineStart,

    /// <summary>$ with the flag m.</summary>
    LineEnd,

    /// <summary><c>\b</c>.</summary>
    WordBoundary,

    /// <summary><c>\B</c>.</summary>
    NoWordBoundary,
}
