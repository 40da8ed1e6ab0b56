using System.Globalization;
using System.Text.Json;

namespace Flama;

/// <summary>One value of a label, a category or an example: null, boolean, integer, float or string. Immutable.</summary>
public readonly struct Scalar : IEquatable<Scalar>
{
    private readonly long bits;

    private Scalar(ScalarKind kind, long bits, string? text, bool isUnsigned = false)
    {
        Kind = kind;
        this.bits = bits;
        Text = text;
        IsUnsigned = isUnsigned;
    }

    /// <summary>The missing value.</summary>
    public static Scalar Null => default;

    /// <summary>What the value is.</summary>
    public ScalarKind Kind { get; }

    /// <summary>Whether the value is an integer from 2⁶³ on: the bits are those of a ulong.</summary>
    internal bool IsUnsigned { get; }

    /// <summary>The string, when <see cref="Kind"/> is <see cref="ScalarKind.Text"/>; else null.</summary>
    public string? Text { get; }

    /// <summary>The integer (0 or 1 for a boolean); meaningless for other kinds.</summary>
    /// <exception cref="OverflowException">The integer is 2⁶³ or more; <see cref="Number"/> and <see cref="ToString"/> give it.</exception>
    public long Integer => IsUnsigned ? throw new OverflowException($"{this} is larger than the largest Int64.") : bits;

    /// <summary>The value as float64: integers are converted, booleans are 0 or 1, null and text are NaN.</summary>
    public double Number => Kind switch
    {
        ScalarKind.Float => BitConverter.Int64BitsToDouble(bits),
        ScalarKind.Integer when IsUnsigned => (ulong)bits,
        ScalarKind.Integer or ScalarKind.Boolean => bits,
        _ => double.NaN,
    };

    /// <summary>True for booleans, integers and floats.</summary>
    public bool IsNumber => Kind is ScalarKind.Boolean or ScalarKind.Integer or ScalarKind.Float;

    /// <summary>Makes a boolean.</summary>
    public static Scalar Of(bool value) => new(ScalarKind.Boolean, value ? 1 : 0, null);

    /// <summary>Makes an integer.</summary>
    public static Scalar Of(long value) => new(ScalarKind.Integer, value, null);

    /// <summary>Makes an integer.</summary>
    public static Scalar Of(ulong value) => new(ScalarKind.Integer, (long)value, null, value > long.MaxValue);

    /// <summary>Makes a float64; NaN and infinities are allowed.</summary>
    public static Scalar Of(double value) => new(ScalarKind.Float, BitConverter.DoubleToInt64Bits(value), null);

    /// <summary>Makes a string.</summary>
    public static Scalar Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(ScalarKind.Text, 0, value);
    }

    /// <summary>Writes the value as JSON. NaN and infinities, which JSON cannot say, become null.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (Kind)
        {
            case ScalarKind.Null:
                writer.WriteNullValue();
                break;
            case ScalarKind.Boolean:
                writer.WriteBooleanValue(bits != 0);
                break;
            case ScalarKind.Integer when IsUnsigned:
                writer.WriteNumberValue((ulong)bits);
                break;
            case ScalarKind.Integer:
                writer.WriteNumberValue(bits);
                break;
            case ScalarKind.Float:
                Json.PythonNumber.Write(writer, Number);
                break;
            default:
                writer.WriteStringValue(Text);
                break;
        }
    }

    /// <inheritdoc/>
    public bool Equals(Scalar other) => Kind == other.Kind && bits == other.bits && IsUnsigned == other.IsUnsigned && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, bits, Text);

    /// <summary>Compares two values by kind and content.</summary>
    public static bool operator ==(Scalar left, Scalar right) => left.Equals(right);

    /// <summary>Compares two values by kind and content.</summary>
    public static bool operator !=(Scalar left, Scalar right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ScalarKind.Null => "null",
        ScalarKind.Boolean => bits != 0 ? "true" : "false",
        ScalarKind.Integer when IsUnsigned => ((ulong)bits).ToString(CultureInfo.InvariantCulture),
        ScalarKind.Integer => bits.ToString(CultureInfo.InvariantCulture),
        ScalarKind.Float => Number.ToString("R", CultureInfo.InvariantCulture),
        _ => Text!,
    };
}
