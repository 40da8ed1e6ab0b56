using System.Globalization;

namespace Flama.Json;

public static partial class PythonNumber
{
    private const int StackLength = 128;

    /// <summary>
    /// Reads text as Python's <c>float()</c> does: surrounding white space, an optional sign, digits with single underscores between
    /// them, a fraction, an exponent, or one of the words <c>nan</c>, <c>inf</c>, <c>infinity</c> in any case. Digits are ASCII.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The nearest float64; an infinity when the number is too large for one.</param>
    /// <returns>False when Python would raise <c>ValueError</c>.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        text = Trim(text);
        var unsigned = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        if (unsigned.Length > 0 && unsigned[0] is 'n' or 'N' or 'i' or 'I')
        {
            return TryParseWord(unsigned, text[0] == '-', out value);
        }

        value = 0;
        return IsNumber(unsigned) && TryParseDigits(text, out value);
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool TryParseWord(ReadOnlySpan<char> word, bool negative, out double value)
    {
        value = word.Equals("nan", StringComparison.OrdinalIgnoreCase) ? double.NaN
            : negative ? double.NegativeInfinity : double.PositiveInfinity;
        return double.IsNaN(value)
            || word.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || word.Equals("infinity", StringComparison.OrdinalIgnoreCase);
    }

    // digits [. [digits]] [e [sign] digits] with a digit on at least one side of the point
    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (!SkipDigits(ref text, out var whole))
        {
            return false;
        }

        var fraction = 0;
        if (text.Length > 0 && text[0] == '.')
        {
            text = text[1..];
            if (!SkipDigits(ref text, out fraction))
            {
                return false;
            }
        }

        if (whole + fraction == 0)
        {
            return false;
        }

        if (text.Length > 0 && text[0] is 'e' or 'E')
        {
            text = text[1..];
            text = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
            return SkipDigits(ref text, out var exponent) && exponent > 0 && text.Length == 0;
        }

        return text.Length == 0;
    }

    // False when an underscore is not between two digits.
    private static bool SkipDigits(ref ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || text[length] == '_'))
        {
            if (text[length] == '_' && (length == 0 || text[length - 1] == '_'))
            {
                return false;
            }

            length++;
        }

        var sound = length == 0 || text[length - 1] != '_';
        text = text[length..];
        return sound;
    }

    private static bool TryParseDigits(ReadOnlySpan<char> text, out double value)
    {
        if (!text.Contains('_'))
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }

        var bare = text.Length <= StackLength ? stackalloc char[StackLength] : new char[text.Length];
        var length = 0;
        foreach (var symbol in text)
        {
            if (symbol != '_')
            {
                bare[length++] = symbol;
            }
        }

        return double.TryParse(bare[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
