using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Schemas;

/// <summary>Writes rules as JSON and in words.</summary>
internal static class RuleText
{
    private const int MaxValuesShown = 20;

    private static readonly (ValueTypes Type, string Name, string Words)[] TypeNames =
    [
        (ValueTypes.Boolean, "boolean", "a boolean"),
        (ValueTypes.Integer, "integer", "an integer"),
        (ValueTypes.Number, "number", "a number"),
        (ValueTypes.String, "string", "a string"),
        (ValueTypes.Null, "null", "null"),
    ];

    /// <summary>The type of a name of JSON Schema; null for a name that is none.</summary>
    public static ValueTypes? TypeOf(string? name) => Array.Find(TypeNames, type => type.Name == name) is { Name: not null } found ? found.Type : null;

    /// <summary>Types in words: <c>an integer or null</c>.</summary>
    public static string Describe(ValueTypes types) => string.Join(" or ", TypeNames.Where(type => types.HasFlag(type.Type)).Select(type => type.Words));

    /// <summary>Values in words.</summary>
    public static string Describe(IReadOnlyList<Scalar> values)
    {
        var words = Excerpt.List([.. values.Select(value => value.Text is { } text ? Excerpt.Of(text) : value.ToString())], MaxValuesShown);
        return values.Count == 1 ? words : $"one of {words}";
    }

    /// <summary>A number as JSON has it.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Types as JSON.</summary>
    public static string Json(ValueTypes types) => Json(writer => Write(writer, types));

    /// <summary>Values as JSON.</summary>
    public static string Json(IReadOnlyList<Scalar> values) => Json(writer => Write(writer, values));

    /// <summary>A value as JSON.</summary>
    public static string Json(Scalar value) => Json(value.WriteTo);

    /// <summary>A text as JSON.</summary>
    public static string Json(string text) => Json(writer => writer.WriteStringValue(text));

    /// <summary>Writes the members of a rule.</summary>
    public static void Write(Utf8JsonWriter writer, FeatureRule rule)
    {
        if (rule.Types != ValueTypes.Any)
        {
            writer.WritePropertyName("type");
            Write(writer, rule.Types);
        }

        if (rule.Values.Count > 0)
        {
            writer.WritePropertyName("enum");
            Write(writer, rule.Values);
        }

        Write(writer, "minimum", rule.Minimum);
        Write(writer, "maximum", rule.Maximum);
        Write(writer, "exclusiveMinimum", rule.ExclusiveMinimum);
        Write(writer, "exclusiveMaximum", rule.ExclusiveMaximum);
        Write(writer, "multipleOf", rule.MultipleOf);
        Write(writer, "minLength", rule.MinLength);
        Write(writer, "maxLength", rule.MaxLength);
        if (rule.Pattern is not null)
        {
            writer.WriteString("pattern", rule.Pattern);
        }

        if (rule.Description is not null)
        {
            writer.WriteString("description", rule.Description);
        }

        if (rule.IsSensitive)
        {
            writer.WriteBoolean("x-sensitive", true);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(Number(number));
        }
    }

    private static void Write(Utf8JsonWriter writer, ValueTypes types)
    {
        var names = TypeNames.Where(type => types.HasFlag(type.Type)).Select(type => type.Name).ToArray();
        if (names is [var only])
        {
            writer.WriteStringValue(only);
            return;
        }

        writer.WriteStartArray();
        foreach (var name in names)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Scalar> values)
    {
        writer.WriteStartArray();
        foreach (var value in values)
        {
            value.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output, JsonOutput.Compact))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
