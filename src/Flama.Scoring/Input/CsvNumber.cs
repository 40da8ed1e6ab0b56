using System.Runtime.CompilerServices;
using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>Numbers as CSV mostly has them.</summary>
internal static class CsvNumber
{
    private const int MaxDigits = 18;
    private const long MaxExactInteger = 1L << 53;

    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    ];

    /// <summary>Reads digits with at most one point and a minus before them; false for any other form, and outside float64.</summary>
    /// <remarks>
    /// Digits up to 2^53 and a power of ten are both exact in float64, so that one division rounds correctly; others go to the general routine. As in Python, the
    /// integer <c>-0</c> is plain zero.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParsePlain(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var start = !text.IsEmpty && text[0] == (byte)'-' ? 1 : 0;
        var point = -1;
        var digits = 0L;
        if (text.Length == start)
        {
            return false;
        }

        for (var i = start; i < text.Length; i++)
        {
            var digit = text[i] - '0';
            if ((uint)digit <= 9)
            {
                digits = unchecked((digits * 10) + digit);
            }
            else if (digit == '.' - '0' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        if (point >= 0 && text.Length == start + 1)
        {
            return false;
        }

        if (text.Length - start > MaxDigits || digits > MaxExactInteger)
        {
            value = JsonNumber.Parse(text);
            return double.IsFinite(value);
        }

        if (point < 0)
        {
            value = start == 0 ? digits : -digits;
            return true;
        }

        var number = digits / Powers[text.Length - point - 1];
        value = start == 0 ? number : -number;
        return true;
    }

    /// <summary>Reads the words that pandas reads as booleans.</summary>
    public static bool TryParseFlag(ReadOnlySpan<byte> text, out double value)
    {
        var isTrue = text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8) || text.SequenceEqual("true"u8);
        value = isTrue ? 1 : 0;
        return isTrue || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8) || text.SequenceEqual("false"u8);
    }
}
