using System.Buffers;
using System.Text.Json;

namespace Flama.Json;

/// <summary>
/// The one thing Python's JSON reader and writer know that JSON does not: the bare words <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.
/// </summary>
public static class PythonJson
{
    private static readonly SearchValues<byte> Starts = SearchValues.Create("\"NI-"u8);

    /// <summary>True when the text holds one of the bare words outside of strings.</summary>
    public static bool HasConstants(ReadOnlySpan<byte> utf8) => NextConstant(utf8, 0, out _) >= 0;

    /// <summary>Replaces every bare word outside of strings; all else is copied as it is, valid JSON or not.</summary>
    /// <param name="utf8">A JSON text as Python writes it.</param>
    /// <param name="nan">What stands in for <c>NaN</c>.</param>
    /// <param name="infinity">What stands in for <c>Infinity</c>.</param>
    /// <param name="negativeInfinity">What stands in for <c>-Infinity</c>.</param>
    /// <returns>A new text.</returns>
    public static byte[] ReplaceConstants(
        ReadOnlySpan<byte> utf8,
        ReadOnlySpan<byte> nan,
        ReadOnlySpan<byte> infinity,
        ReadOnlySpan<byte> negativeInfinity)
    {
        var output = new ArrayBufferWriter<byte>(utf8.Length + 16);
        var from = 0;
        int at;
        while ((at = NextConstant(utf8, from, out var length)) >= 0)
        {
            output.Write(utf8[from..at]);
            output.Write(utf8[at] switch
            {
                (byte)'N' => nan,
                (byte)'I' => infinity,
                _ => negativeInfinity,
            });
            from = at + length;
        }

        output.Write(utf8[from..]);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Parses a document that Python wrote; the bare words become null, and half of a surrogate pair U+FFFD.</summary>
    /// <exception cref="JsonException">The text is not JSON, or not valid UTF-8.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            throw new JsonException("The text is not valid UTF-8.");
        }

        utf8 = SurrogateEscapes.Repair(utf8);
        var strict = HasConstants(utf8) ? ReplaceConstants(utf8, "null"u8, "null"u8, "null"u8) : utf8.ToArray();
        return JsonElement.Parse(strict, new JsonDocumentOptions { MaxDepth = 512 });
    }

    private static int NextConstant(ReadOnlySpan<byte> utf8, int from, out int length)
    {
        length = 0;
        while (true)
        {
            var offset = utf8[from..].IndexOfAny(Starts);
            if (offset < 0)
            {
                return -1;
            }

            var at = from + offset;
            var rest = utf8[at..];
            if (rest[0] == (byte)'"')
            {
                from = SkipString(utf8, at);
                continue;
            }

            length = rest.StartsWith("NaN"u8) ? 3 : rest.StartsWith("Infinity"u8) ? 8 : rest.StartsWith("-Infinity"u8) ? 9 : 0;
            if (length > 0 && StandsAlone(utf8, at, length))
            {
                return at;
            }

            from = at + 1;
        }
    }

    // NaN in 1NaN or NaNs is part of something else, which is no JSON in Python either.
    private static bool StandsAlone(ReadOnlySpan<byte> utf8, int at, int length) =>
        (at == 0 || !IsWordByte(utf8[at - 1])) && (at + length == utf8.Length || !IsWordByte(utf8[at + length]));

    private static bool IsWordByte(byte value) =>
        char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'+' or (byte)'.' or (byte)'_' or >= 0x80;

    private static int SkipString(ReadOnlySpan<byte> utf8, int quote)
    {
        var at = quote + 1;
        while (at < utf8.Length)
        {
            var offset = utf8[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (offset < 0)
            {
                return utf8.Length;
            }

            at += offset;
            if (utf8[at] == (byte)'"')
            {
                return at + 1;
            }

            at = Math.Min(at + 2, utf8.Length);
        }

        return utf8.Length;
    }
}
