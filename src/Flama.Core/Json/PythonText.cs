using System.Buffers;
using System.Text;

namespace Flama.Json;

/// <summary>Strings as Python's <c>json.dumps</c> writes them: ASCII only.</summary>
internal static class PythonText
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Where(code => code is not ('"' or '\\')).Select(code => (byte)code)]);

    /// <summary>Writes a string with its quotes.</summary>
    /// <param name="json">The string between its quotes as JSON has it, escapes and all.</param>
    /// <param name="output">Takes the ASCII text.</param>
    public static void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        if (json.IndexOfAnyExcept(Plain) < 0)
        {
            output.Write(json);
        }
        else
        {
            WriteEscaped(Decode(json), output);
        }

        output.Write("\""u8);
    }

    /// <summary>Writes a text as a string with its quotes.</summary>
    public static void Write(string text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        WriteEscaped(text, output);
        output.Write("\""u8);
    }

    /// <summary>Reads a string of JSON. Half a surrogate pair, which Python lets pass, stays what it is.</summary>
    public static string Decode(ReadOnlySpan<byte> json)
    {
        StringBuilder text = new(json.Length);
        while (json.Length > 0)
        {
            var escape = json.IndexOf((byte)'\\');
            var plain = escape < 0 ? json : json[..escape];
            text.Append(Encoding.UTF8.GetString(plain));
            if (escape < 0)
            {
                break;
            }

            var letter = json[escape + 1];
            var length = letter == (byte)'u' ? 6 : 2;
            text.Append(letter switch
            {
                (byte)'u' => (char)Convert.ToUInt16(Encoding.ASCII.GetString(json.Slice(escape + 2, 4)), 16),
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                _ => (char)letter,
            });
            json = json[(escape + length)..];
        }

        return text.ToString();
    }

    private static void WriteEscaped(string text, IBufferWriter<byte> output)
    {
        const int longestEscape = 6;
        foreach (var character in text)
        {
            var span = output.GetSpan(longestEscape);
            output.Advance(Escape(character, span));
        }
    }

    private static int Escape(char character, Span<byte> destination)
    {
        var letter = character switch
        {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\b' => 'b',
            '\f' => 'f',
            _ => '\0',
        };
        if (letter != '\0')
        {
            destination[0] = (byte)'\\';
            destination[1] = (byte)letter;
            return 2;
        }

        if (character is >= ' ' and <= '~')
        {
            destination[0] = (byte)character;
            return 1;
        }

        "\\u"u8.CopyTo(destination);
        ((int)character).TryFormat(destination[2..], out var digits, "x4", System.Globalization.CultureInfo.InvariantCulture);
        return 2 + digits;
    }
}
