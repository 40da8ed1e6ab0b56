using System.Buffers.Text;

namespace Flama.Json;

/// <summary>
/// Mends <c>\ud83d</c> without its other half: Python writes and reads such strings, nothing else can, and whoever asks such a text for its value
/// fails.
/// </summary>
internal static class SurrogateEscapes
{
    private const int Length = 6;

    /// <summary>Replaces every lone half by <c>\ufffd</c>; returns the text itself when there is none.</summary>
    public static ReadOnlySpan<byte> Repair(ReadOnlySpan<byte> json)
    {
        byte[]? repaired = null;
        var at = 0;
        int offset;
        while ((offset = json[at..].IndexOf((byte)'\\')) >= 0)
        {
            at += offset;
            var unit = UnitAt(json, at);
            if (char.IsHighSurrogate((char)unit) && char.IsLowSurrogate((char)UnitAt(json, at + Length)))
            {
                at += 2 * Length;
            }
            else if (char.IsSurrogate((char)unit))
            {
                repaired ??= json.ToArray();
                @"\ufffd"u8.CopyTo(repaired.AsSpan(at));
                at += Length;
            }
            else
            {
                at = Math.Min(at + 2, json.Length);
            }
        }

        return repaired ?? json;
    }

    // The UTF-16 unit that \uXXXX at a position stands for; zero when no such escape is there.
    private static int UnitAt(ReadOnlySpan<byte> json, int at) =>
        at + Length <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && Utf8Parser.TryParse(json.Slice(at + 2, 4), out int unit, out var consumed, 'x') && consumed == 4
            ? unit
            : 0;
}
