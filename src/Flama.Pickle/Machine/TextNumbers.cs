using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Flama.Pickle.Machine;

/// <summary>Numbers in the text opcodes of protocols 0 and 1.</summary>
internal static class TextNumbers
{
    private const NumberStyles FloatStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a decimal integer that fills the text and fits 64 bits.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;

    /// <summary>Reads a decimal integer of any size that fills the text.</summary>
    public static bool TryBigInteger(ReadOnlySpan<byte> text, out BigInteger value) =>
        BigInteger.TryParse(Encoding.Latin1.GetString(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a float as Python's repr writes it, <c>nan</c> and <c>inf</c> included.</summary>
    public static bool TryFloat(ReadOnlySpan<byte> text, out double value)
    {
        var sign = text is [(byte)'-', ..] ? -1.0 : 1.0;
        var unsigned = text is [(byte)'-' or (byte)'+', .. var rest] ? rest : text;
        if (unsigned.SequenceEqual("inf"u8))
        {
            value = sign * double.PositiveInfinity;
            return true;
        }

        if (unsigned.SequenceEqual("nan"u8))
        {
            value = double.NaN;
            return true;
        }

        return double.TryParse(text, FloatStyle, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>Text of the file for a message: cut, printable.</summary>
    public static string Show(ReadOnlySpan<byte> text) =>
        ValueDescription.Safe(Encoding.Latin1.GetString(text[..Math.Min(text.Length, 40)]));
}
