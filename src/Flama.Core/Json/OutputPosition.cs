namespace Flama.Json;

/// <summary>How much of an answer was written; the default is its beginning. See <see cref="OutputWriter.WritePart"/>.</summary>
public record struct OutputPosition
{
    /// <summary>How many arrays are complete.</summary>
    public int Arrays { get; internal set; }

    /// <summary>How many rows of the next array were written.</summary>
    public long Rows { get; internal set; }

    /// <summary>Whether the brackets around the arrays are open.</summary>
    internal bool IsOpen { get; set; }

    /// <summary>Whether the brackets of the next array are open.</summary>
    internal bool IsArrayOpen { get; set; }
}
