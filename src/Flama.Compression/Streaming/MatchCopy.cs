using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Flama.Compression.Streaming;

/// <summary>Copies a match: bytes that repeat what was written shortly before, possibly overlapping themselves.</summary>
internal static class MatchCopy
{
    private const int Vector = 16;
    private const int Long = 128;

    /// <summary>Repeats <paramref name="length"/> bytes from <paramref name="distance"/> before <paramref name="position"/>.</summary>
    /// <remarks>May overwrite up to 15 bytes after the match, which <see cref="HistoryWindow.Slop"/> provides for.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte[] buffer, int position, int distance, int length)
    {
        if (distance >= Vector && length <= Long)
        {
            CopyVectors(buffer, position - distance, buffer, position, length);
        }
        else
        {
            CopyUnusual(buffer, position, distance, length);
        }
    }

    /// <summary>Copies bytes between two arrays; may overwrite up to 15 bytes after them, and read as many after the source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyLiterals(byte[] from, int source, byte[] to, int target, int length)
    {
        if (length <= Long)
        {
            CopyVectors(from, source, to, target, length);
        }
        else
        {
            from.AsSpan(source, length).CopyTo(to.AsSpan(target));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyVectors(byte[] from, int source, byte[] to, int target, int length)
    {
        var end = target + length;
        do
        {
            Vector128.Create(from, source).CopyTo(to, target);
            source += Vector;
            target += Vector;
        }
        while (target < end);
    }

    private static void CopyUnusual(byte[] buffer, int position, int distance, int length)
    {
        var source = position - distance;
        if (distance == 1)
        {
            buffer.AsSpan(position, length).Fill(buffer[source]);
            return;
        }

        // The source stays while the copied run grows: what lies between source and position repeats with the match's period.
        while (length > 0)
        {
            var step = Math.Min(position - source, length);
            if (step < Vector)
            {
                for (var i = 0; i < step; i++)
                {
                    buffer[position + i] = buffer[source + i];
                }
            }
            else
            {
                buffer.AsSpan(source, step).CopyTo(buffer.AsSpan(position));
            }

            position += step;
            length -= step;
        }
    }
}
