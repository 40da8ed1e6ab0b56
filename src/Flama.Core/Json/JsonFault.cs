using System.Text.Json;

namespace Flama.Json;

/// <summary>Says where a text stops being JSON, and why.</summary>
internal static class JsonFault
{
    /// <summary>How deep lists and objects may nest.</summary>
    public const int MaxDepth = 512;

    /// <summary>Makes the failure of an empty text.</summary>
    public static FlamaException Empty(InputSubject subject, string expected) =>
        new(ErrorCodes.MalformedJson, $"The {subject} is empty at line {subject.FirstLine}, byte 1.", $"Send {expected}.");

    /// <summary>Makes the failure of bytes that are no UTF-8.</summary>
    public static FlamaException InvalidUtf8(ReadOnlySpan<byte> utf8, int offset, InputSubject subject) =>
        At(utf8, offset, subject, $"0x{utf8[offset]:x2} is not valid UTF-8", "Send the text as UTF-8.");

    /// <summary>Makes the failure of a string with half a surrogate pair.</summary>
    public static FlamaException LoneSurrogate(ReadOnlySpan<byte> utf8, int offset, InputSubject subject) =>
        At(utf8, offset, subject, "the string has half of a surrogate pair", "Write the character itself or both halves.");

    /// <summary>Makes the failure that a reader found.</summary>
    public static FlamaException Of(ReadOnlySpan<byte> utf8, JsonException found, InputSubject subject)
    {
        var offset = Offset(utf8, found.LineNumber ?? 0, found.BytePositionInLine ?? 0);
        if (Depth(utf8[..offset]) >= MaxDepth)
        {
            return At(utf8, offset, subject, $"lists and objects nest deeper than {MaxDepth} levels", "Send a list of rows.");
        }

        // The reader takes a comma at the very end for the fault, but what comes after it is what is missing; a comma after another one is wrong.
        var isLastComma = utf8[offset..].SequenceEqual(","u8) && !utf8[..offset].TrimEnd(" \t\r\n"u8).EndsWith(","u8);
        if (offset >= utf8.Length || isLastComma)
        {
            return At(utf8, utf8.Length, subject, "it ends before the document does", "Close every string, list and object.");
        }

        var (what, remedy) = Describe(utf8, offset);
        return At(utf8, offset, subject, what, remedy);
    }

    private static FlamaException At(ReadOnlySpan<byte> utf8, int offset, InputSubject subject, string what, string? remedy)
    {
        var before = utf8[..offset];
        var line = before.Count((byte)'\n') + subject.FirstLine;
        var position = offset - (before.LastIndexOf((byte)'\n') + 1) + 1;
        return new(ErrorCodes.MalformedJson, $"The {subject} is not JSON: {what} at line {line}, byte {position}.", remedy);
    }

    private static (string What, string? Remedy) Describe(ReadOnlySpan<byte> utf8, int offset)
    {
        var found = utf8[offset];
        var shown = found switch
        {
            < 0x20 or 0x7F => $"control character 0x{found:x2}",
            >= 0x80 => $"byte 0x{found:x2}",
            (byte)'\'' => "a single quote",
            _ => $"'{(char)found}'",
        };
        var before = utf8[..offset].TrimEnd(" \t\r\n"u8);
        return found switch
        {
            (byte)'\'' => ($"unexpected {shown}", "Strings and names take double quotes."),
            (byte)']' or (byte)'}' when before.EndsWith(","u8) => ($"unexpected {shown} after a comma", "Remove the comma before it."),
            (byte)'T' or (byte)'F' or (byte)'N' or (byte)'u' => ($"unexpected {shown}", "The words of JSON are true, false and null."),
            (byte)'/' or (byte)'#' => ($"unexpected {shown}", "JSON has no comments."),
            (byte)'+' or (byte)'.' => ($"unexpected {shown}", "A number starts with a digit or a minus and has digits on both sides of its point."),
            < 0x20 when !IsSpace(found) => ($"unexpected {shown}", "Inside a string write it as an escape such as \\n or \\u0001."),
            _ => ($"unexpected {shown}", null),
        };
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static int Offset(ReadOnlySpan<byte> utf8, long line, long position)
    {
        var start = 0;
        for (; line > 0; line--)
        {
            var end = utf8[start..].IndexOf((byte)'\n');
            if (end < 0)
            {
                break;
            }

            start += end + 1;
        }

        return (int)Math.Clamp(start + position, 0, utf8.Length);
    }

    // Brackets that are open at the end of the text; brackets in strings do not count.
    private static int Depth(ReadOnlySpan<byte> utf8)
    {
        var depth = 0;
        var inString = false;
        for (var i = 0; i < utf8.Length; i++)
        {
            switch (utf8[i])
            {
                case (byte)'\\' when inString:
                    i++;
                    break;
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)'[' or (byte)'{' when !inString:
                    depth++;
                    break;
                case (byte)']' or (byte)'}' when !inString:
                    depth--;
                    break;
            }
        }

        return depth;
    }
}
