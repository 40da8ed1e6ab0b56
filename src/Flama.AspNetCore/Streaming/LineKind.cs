namespace Flama.AspNetCore.Streaming;

/// <summary>What there is at the front of a stream.</summary>
internal enum LineKind
{
    /// <summary>No line yet.</summary>
    None,

    /// <summary>A line.</summary>
    Whole,

    /// <summary>A line over the limit, or the beginning of one.</summary>
    TooLong,

    /// <summary>The end of a line whose beginning was over the limit.</summary>
    Skipped,
}
