using System.Buffers;

namespace Flama.Scoring.Input;

/// <summary>Finds where values of JSON end without reading them: brackets, strings and commas only.</summary>
internal static class JsonScan
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"[]{},"u8);

    /// <summary>White space between values.</summary>
    public static ReadOnlySpan<byte> Spaces => " \t\r\n"u8;

    /// <summary>
    /// The position right after the first value: of the comma or the closing bracket that ends it; the length of the text when it ends
    /// with the text; -1 when the value is not complete.
    /// </summary>
    /// <param name="text">Starts with the value.</param>
    /// <param name="isWhole">Whether nothing comes after the text.</param>
    public static int EndOfValue(ReadOnlySpan<byte> text, bool isWhole)
    {
        var depth = 0;
        var position = 0;
        while (true)
        {
            var next = text[position..].IndexOfAny(Marks);
            if (next < 0)
            {
                return isWhole && depth == 0 ? text.Length : -1;
            }

            position += next;
            switch (text[position])
            {
                case (byte)'"':
                    var length = EndOfString(text[(position + 1)..]);
                    if (length < 0)
                    {
                        return -1;
                    }

                    position += length;
                    break;
                case (byte)'[' or (byte)'{':
                    depth++;
                    break;
                case (byte)',' when depth == 0:
                    return position;
                case (byte)']' or (byte)'}' when depth-- == 0:
                    return position;
            }

            position++;
        }
    }

    /// <summary>Whether the text is one value as far as brackets tell; nothing but spaces may follow a list or an object.</summary>
    public static bool IsOneValue(ReadOnlySpan<byte> text) => text.Length > 0 && EndOfValue(text, isWhole: true) == text.Length;

    private static int EndOfString(ReadOnlySpan<byte> text)
    {
        var position = 0;
        while (true)
        {
            var next = text[position..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return -1;
            }

            position += next;
            if (text[position] == (byte)'"')
            {
                return position + 1;
            }

            position += 2;
            if (position > text.Length)
            {
                return -1;
            }
        }
    }
}
