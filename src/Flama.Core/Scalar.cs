using System.Globalization;
using System.Text.Json;

namespace Flama;


/// <summary>One value of a label, a category or an example: null, boolean, integer, float or string. Immutable.</summary>
public readonly struct Scalar : IEquatable<Scalar>
{
    private readonly long bits;

    private Scalar(ScalarKind kind, long bits, string? text)
    {
        Kind = kind;
        this.bits = bits;
        Text = text;
    }

    /// <summary>The missing value.</summary>
    public static Scalar Null => default;

    /// <summary>What the value is.</summary>
    public ScalarKind Kind { get; }

    /// <summary>The string, when <see cref="Kind"/> is <see cref="ScalarKind.Text"/>; else null.</summary>
    public string? Text { get; }

    /// <summary>The integer (0 or 1 for a boolean); meaningless for other kinds.</summary>
    public long Integer => bits;

    /// <summary>The value as float64: integers are converted, booleans are 0 or 1, null and text are NaN.</summary>
    public double Number => Kind switch
    {
        ScalarKind.Float => BitConverter.Int64BitsToDouble(bits),
        ScalarKind.Integer or ScalarKind.Boolean => bits,
        _ => double.NaN,
    };

    /// <summary>True for booleans, integers and floats.</summary>
    public bool IsNumber => Kind is ScalarKind.Boolean or ScalarKind.Integer or ScalarKind.Float;

    /// <summary>Makes a boolean.</summary>
    public static Scalar Of(bool value) => new(ScalarKind.Boolean, value ? 1 : 0, null);

    /// <summary>Makes an integer.</summary>
    public static Scalar Of(long value) => new(ScalarKind.Integer, value, null);

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
    public bool Equals(Scalar other) => Kind == other.Kind && bits == other.bits && Text == other.Text;

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
        ScalarKind.Integer => bits.ToString(CultureInfo.InvariantCulture),
        ScalarKind.Float => Number.ToString("R", CultureInfo.InvariantCulture),
        _ => Text!,
    };
}
