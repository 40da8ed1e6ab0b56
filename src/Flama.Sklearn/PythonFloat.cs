using System.Globalization;

namespace Flama.Sklearn;

/// <summary>Numbers in strings as Python's <c>float()</c> reads them.</summary>
internal static class PythonFloat
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads surrounding white space, a sign, digits with single underscores between, a fraction, an exponent, and the words for NaN and infinity.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            value = 0;
            return false;
        }

        var unsigned = text[0] is '+' or '-' ? text[1..] : text;
        if (unsigned.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            value = double.NaN;
            return true;
        }

        if (unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (!unsigned.IsEmpty && !char.IsAsciiDigit(unsigned[0]) && unsigned[0] != '.')
        {
            value = 0;
            return false;
        }

        return text.Contains('_') ? TryParseUnderscores(text, out value) : double.TryParse(text, Style, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseUnderscores(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && (i == 0 || i == text.Length - 1 || !char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1])))
            {
                return false;
            }
        }

        return double.TryParse(text.ToString().Replace("_", "", StringComparison.Ordinal), Style, CultureInfo.InvariantCulture, out value);
    }
}
