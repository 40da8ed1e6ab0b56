using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>Numbers as CSV mostly has them.</summary>
internal static class CsvNumber
{
    /// <summary>Reads digits with at most one point and a minus before them, as JSON has them; false for any other form.</summary>
    public static bool TryParsePlain(ReadOnlySpan<byte> text, out double value)
    {
        var digits = !text.IsEmpty && text[0] == (byte)'-' ? text[1..] : text;
        if (digits.IsEmpty || !char.IsAsciiDigit((char)digits[0]) || !char.IsAsciiDigit((char)digits[^1])
            || (digits[0] == (byte)'0' && digits.Length > 1 && digits[1] != (byte)'.'))
        {
            value = 0;
            return false;
        }

        var hasPoint = false;
        foreach (var letter in digits)
        {
            if (letter == (byte)'.' && !hasPoint)
            {
                hasPoint = true;
            }
            else if (!char.IsAsciiDigit((char)letter))
            {
                value = 0;
                return false;
            }
        }

        value = JsonNumber.Parse(text);
        return double.IsFinite(value);
    }

    /// <summary>Reads the words that pandas reads as booleans.</summary>
    public static bool TryParseFlag(ReadOnlySpan<byte> text, out double value)
    {
        var isTrue = text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8) || text.SequenceEqual("true"u8);
        value = isTrue ? 1 : 0;
        return isTrue || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8) || text.SequenceEqual("false"u8);
    }
}
