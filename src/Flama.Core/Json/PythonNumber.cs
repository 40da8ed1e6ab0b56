using System.Globalization;
using System.Text.Json;

namespace Flama.Json;

/// <summary>Numbers as Python prints and reads them.</summary>
public static partial class PythonNumber
{
    /// <summary>The longest text a float64 can have.</summary>
    public const int MaxLength = 32;

    private const double WholeLimit = 1e15;
    private const double PointLimit = 1e16;

    /// <summary>
    /// Writes a float64 as Python's <c>repr</c> does: the shortest digits that read back as the same value, always with a fraction or
    /// an exponent (<c>1.0</c>, <c>1e-08</c>, <c>1e+16</c>). NaN and infinities, which JSON cannot say, become <c>null</c>.
    /// </summary>
    public static void Write(Utf8JsonWriter writer, double value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!double.IsFinite(value))
        {
            writer.WriteNullValue();
            return;
        }

        Span<byte> buffer = stackalloc byte[MaxLength];
        writer.WriteRawValue(buffer[..Format(value, buffer)], skipInputValidation: true);
    }

    /// <summary>Formats a finite float64 as Python's <c>repr</c>.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Format(double value, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, MaxLength);
        var magnitude = Math.Abs(value);
        if (magnitude < WholeLimit && value == Math.Truncate(value))
        {
            return FormatWhole(value, destination);
        }

        value.TryFormat(destination, out var length, provider: CultureInfo.InvariantCulture);
        var exponent = destination[..length].IndexOf((byte)'E');
        if (exponent < 0)
        {
            return length;
        }

        if (magnitude is >= WholeLimit and < PointLimit)
        {
            return FormatSixteenDigits(destination, exponent);
        }

        destination[exponent] = (byte)'e';
        return length;
    }

    private static int FormatWhole(double value, Span<byte> destination)
    {
        var position = 0;
        if (value == 0 && double.IsNegative(value))
        {
            destination[position++] = (byte)'-';
        }

        ((long)value).TryFormat(destination[position..], out var written, provider: CultureInfo.InvariantCulture);
        position += written;
        destination[position++] = (byte)'.';
        destination[position++] = (byte)'0';
        return position;
    }

    // .NET turns to exponents at 1e15, Python at 1e16: d.dddE+15 becomes dddddddddddddddd.d.
    private static int FormatSixteenDigits(Span<byte> text, int exponent)
    {
        var start = text[0] == (byte)'-' ? 1 : 0;
        Span<byte> digits = stackalloc byte[MaxLength];
        digits[0] = text[start];
        var count = 1;
        for (var i = start + 2; i < exponent; i++)
        {
            digits[count++] = text[i];
        }

        while (count < 16)
        {
            digits[count++] = (byte)'0';
        }

        digits[..16].CopyTo(text[start..]);
        var position = start + 16;
        text[position++] = (byte)'.';
        if (count == 16)
        {
            text[position++] = (byte)'0';
            return position;
        }

        digits[16..count].CopyTo(text[position..]);
        return position + count - 16;
    }
}
