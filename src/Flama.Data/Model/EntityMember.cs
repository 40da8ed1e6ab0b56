using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Flama.Data.Model;

/// <summary>A property of a record as clients see it. Immutable.</summary>
internal sealed class EntityMember
{
    /// <summary>The name in JSON.</summary>
    public required string Name { get; init; }

    /// <summary>The property of the model.</summary>
    public required IProperty Property { get; init; }

    /// <summary>How its values are read from JSON and written.</summary>
    public required JsonTypeInfo Json { get; init; }

    /// <summary>Whether a request may set it in a new record.</summary>
    public required bool IsCreatable { get; init; }

    /// <summary>Whether a request may change it.</summary>
    public required bool IsUpdatable { get; init; }

    /// <summary>Whether a whole record must have it.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>What a record that does not have it gets.</summary>
    public required object? Default { get; init; }

    /// <summary>What the class demands of values.</summary>
    public required IReadOnlyList<ValidationAttribute> Rules { get; init; }

    /// <summary>Makes a value one that the column takes.</summary>
    public required Func<object, object> Adapt { get; init; }

    /// <summary>The values of an enumeration by their names; null for other types, and for combinations of flags.</summary>
    public required IReadOnlyDictionary<string, object>? EnumValues { get; init; }

    /// <summary>The longest text or the most bytes that the column takes; null for any.</summary>
    public required int? MaxLength { get; init; }

    /// <summary>The type without its nullability.</summary>
    public Type Bare => Nullable.GetUnderlyingType(Property.ClrType) ?? Property.ClrType;

    /// <summary>Whether it may be null.</summary>
    public bool IsNullable => Property.IsNullable;

    /// <summary>Reads a value.</summary>
    /// <param name="json">The value.</param>
    /// <param name="value">The value as the record takes it.</param>
    /// <returns>What is wrong with it; null for nothing.</returns>
    public InputProblem? Read(JsonElement json, out object? value)
    {
        value = null;
        if (json.ValueKind == JsonValueKind.Null)
        {
            return IsNullable ? null : Wrong("null", $"'{Name}' must not be null.");
        }

        try
        {
            value = json.Deserialize(Json);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or NotSupportedException or OverflowException or ArgumentException)
        {
            return WrongType();
        }

        if (value is null)
        {
            return IsNullable ? null : Wrong("null", $"'{Name}' must not be null.");
        }

        return Accept(ref value);
    }

    /// <summary>Checks a value and makes it one that the column takes.</summary>
    public InputProblem? Accept(ref object value)
    {
        if (EnumValues is not null && !EnumValues.Values.Contains(value))
        {
            return WrongType();
        }

        if (MaxLength is { } longest && LengthOf(value) is { } length && length > longest)
        {
            return Wrong("too_long", $"'{Name}' is {length} {(value is string ? "characters" : "bytes")} long. The longest is {longest}.");
        }

        value = Adapt(value);
        return null;
    }

    /// <summary>The problem of a value of another type.</summary>
    public InputProblem WrongType() => Wrong("wrong_type", $"'{Name}' must be {TypeWords.Of(this)}.");

    /// <summary>A problem of this member.</summary>
    public InputProblem Wrong(string type, string message) => new(type, message) { Name = Name };

    private static int? LengthOf(object value) => value switch
    {
        string text => text.Length,
        byte[] bytes => bytes.Length,
        _ => null,
    };
}
