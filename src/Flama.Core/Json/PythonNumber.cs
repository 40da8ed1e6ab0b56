using System.Globalization;
using System.Text.Json;

namespace Flama.Json;

/// <summary>Numbers as Python prints and reads them.</summary>
public static partial class PythonNumber
{
    /// <summary>The longest text a float64 can have.</summary>
    public const int MaxLength = 32;

    // From here on Python prints exponents.
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
        if (magnitude < PointLimit && value == Math.Truncate(value))
        {
            return FormatWhole(value, destination);
        }

        value.TryFormat(destination, out var length, provider: CultureInfo.InvariantCulture);
        var exponent = destination[..length].IndexOf((byte)'E');
        if (exponent >= 0)
        {
            destination[exponent] = (byte)'e';
            return length;
        }

        return magnitude < PointLimit ? length : MoveToExponent(destination, length);
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

    // .NET still prints all digits up to 1e17: 15000000000000000 becomes 1.5e+16.
    private static int MoveToExponent(Span<byte> text, int length)
    {
        var start = text[0] == (byte)'-' ? 1 : 0;
        var exponent = length - start - 1;
        var digits = text[start..length].TrimEnd((byte)'0').Length;
        if (digits > 1)
        {
            text.Slice(start + 1, digits - 1).CopyTo(text[(start + 2)..]);
            text[start + 1] = (byte)'.';
            digits++;
        }

        var position = start + digits;
        "e+"u8.CopyTo(text[position..]);
        position += 2;
        exponent.TryFormat(text[position..], out var written, provider: CultureInfo.InvariantCulture);
        return position + written;
    }
}
