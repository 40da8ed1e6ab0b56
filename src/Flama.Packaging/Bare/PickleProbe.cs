namespace Flama.Packaging.Bare;

/// <summary>Tells pickles by their first bytes.</summary>
internal static class PickleProbe
{
    private const byte ProtocolOpcode = 0x80;
    private const byte NewestThinkable = 16;

    /// <summary>A pickle of protocol 2 or later; later than any known counts, so that the engine can say so.</summary>
    public static bool IsPickle(ReadOnlySpan<byte> start) =>
        start.Length >= 2 && start[0] == ProtocolOpcode && start[1] is >= 2 and <= NewestThinkable;

    /// <summary>
    /// A pickle of protocol 0 or 1, which have no signature: a class path, or a container, and a stop at the end; or of any protocol with a
    /// stop at the end.
    /// </summary>
    public static bool IsPickle(ReadOnlySpan<byte> start, byte last) =>
        IsPickle(start) || (last == '.' && (StartsWithGlobal(start)
            || (start.Length > 2 && start[0] == ProtocolOpcode)
            || start.StartsWith("(dp"u8) || start.StartsWith("(lp"u8) || start.StartsWith("}q"u8) || start.StartsWith("]q"u8)
            || (start.StartsWith("("u8) && (StartsWithGlobal(start[1..]) || StartsWithLine(start[1..])))));

    // S'text', I1, F1.0, L1L, each to the end of a line.
    private static bool StartsWithLine(ReadOnlySpan<byte> start) =>
        start.Length > 2 && start.Contains((byte)'\n') && (char)start[0] switch
        {
            'S' => start[1] is (byte)'\'' or (byte)'"',
            'I' or 'F' or 'L' => start[1] is (>= (byte)'0' and <= (byte)'9') or (byte)'-',
            'V' => true,
            _ => false,
        };

    // c<module>\n<name>\n
    private static bool StartsWithGlobal(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty || start[0] is not ((byte)'c' or (byte)'i'))
        {
            return false;
        }

        start = start[1..];
        var end = start.IndexOf((byte)'\n');
        if (end <= 0 || !IsPath(start[..end]))
        {
            return false;
        }

        start = start[(end + 1)..];
        end = start.IndexOf((byte)'\n');
        return end > 0 && IsPath(start[..end]);
    }

    private static bool IsPath(ReadOnlySpan<byte> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character is not ((byte)'_' or (byte)'.'))
            {
                return false;
            }
        }

        return true;
    }
}
