using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Flama.AspNetCore.Streaming;

/// <summary>Takes lines off the front of what has arrived. No byte is looked at twice, and no line is held beyond its limit.</summary>
/// <param name="limit">The longest line in bytes, without its end.</param>
[SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
internal struct LineSplitter(long limit)
{
    private long scanned;
    private bool isSkipping;

    /// <summary>Takes one line.</summary>
    /// <param name="rest">What has arrived and was not taken; gets shorter.</param>
    /// <param name="isLast">Whether nothing comes after it.</param>
    /// <param name="line">The line without its end.</param>
    /// <returns>What was found.</returns>
    public LineKind Next(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line)
    {
        line = default;
        var end = rest.Slice(scanned).PositionOf((byte)'\n');
        if (end is null && !isLast)
        {
            return Wait(ref rest);
        }

        if (end is null && rest.IsEmpty)
        {
            return LineKind.None;
        }

        line = end is { } found ? rest.Slice(0, found) : rest;
        rest = end is { } taken ? rest.Slice(rest.GetPosition(1, taken)) : rest.Slice(rest.End);
        scanned = 0;
        if (isSkipping)
        {
            isSkipping = false;
            return LineKind.Skipped;
        }

        return line.Length > limit ? LineKind.TooLong : LineKind.Whole;
    }

    // The line's end is yet to come.
    private LineKind Wait(ref ReadOnlySequence<byte> rest)
    {
        scanned = rest.Length;
        if (scanned <= limit && !isSkipping)
        {
            return LineKind.None;
        }

        var kind = isSkipping ? LineKind.None : LineKind.TooLong;
        isSkipping = true;
        scanned = 0;
        rest = rest.Slice(rest.End);
        return kind;
    }
}
