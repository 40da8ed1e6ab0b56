namespace Flama.Tables;

/// <summary>Whole numbers from ±2⁵³ on, of which float64 cannot tell neighbours apart. Where they are categories, cells keep their digits as text.</summary>
internal static class LargeIntegers
{
    private const double First = 1L << 53;
    private const int LongestDigits = 20;

    private static ReadOnlySpan<byte> FirstDigits => "9007199254740992"u8;

    /// <summary>Whether a value is one.</summary>
    public static bool Contains(Scalar value) => value.Kind == ScalarKind.Integer && Math.Abs(value.Number) >= First;

    /// <summary>Whether digits, with or without a minus, are one of 64 bits; with zeros in front they are not.</summary>
    public static bool Contains(ReadOnlySpan<byte> token)
    {
        var digits = token.Length > 0 && token[0] == (byte)'-' ? token[1..] : token;
        return digits.Length >= FirstDigits.Length && digits.Length <= LongestDigits && digits[0] != (byte)'0' && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            && (digits.Length > FirstDigits.Length || digits.SequenceCompareTo(FirstDigits) >= 0);
    }
}
