using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flama.Data.Model;
using Microsoft.OpenApi;

namespace Flama.Data.OpenApi;

/// <summary>The schema of a member: its type, and what its annotations demand.</summary>
internal static class MemberSchema
{
    private static readonly Dictionary<Type, (JsonSchemaType Type, string? Format)> Types = new()
    {
        [typeof(int)] = (JsonSchemaType.Integer, "int32"),
        [typeof(long)] = (JsonSchemaType.Integer, "int64"),
        [typeof(double)] = (JsonSchemaType.Number, "double"),
        [typeof(float)] = (JsonSchemaType.Number, "float"),
        [typeof(decimal)] = (JsonSchemaType.Number, "double"),
        [typeof(bool)] = (JsonSchemaType.Boolean, null),
        [typeof(string)] = (JsonSchemaType.String, null),
        [typeof(char)] = (JsonSchemaType.String, null),
        [typeof(Guid)] = (JsonSchemaType.String, "uuid"),
        [typeof(DateTime)] = (JsonSchemaType.String, "date-time"),
        [typeof(DateTimeOffset)] = (JsonSchemaType.String, "date-time"),
        [typeof(DateOnly)] = (JsonSchemaType.String, "date"),
        [typeof(TimeOnly)] = (JsonSchemaType.String, "time"),
        [typeof(TimeSpan)] = (JsonSchemaType.String, null),
        [typeof(byte[])] = (JsonSchemaType.String, "byte"),
    };

    /// <summary>The schema.</summary>
    /// <param name="member">The member.</param>
    /// <param name="mayBeNull">Whether null is a value.</param>
    public static OpenApiSchema Of(EntityMember member, bool mayBeNull)
    {
        var schema = OfType(member);
        if (mayBeNull && schema.Type is not null)
        {
            schema.Type |= JsonSchemaType.Null;
            if (schema.Enum is { Count: > 0 })
            {
                schema.Enum.Add(JsonNullSentinel.JsonNull);
            }
        }

        schema.MaxLength = schema.Format == "byte" ? null : member.MaxLength;
        foreach (var rule in member.Rules)
        {
            Add(rule, schema);
        }

        var info = (MemberInfo?)member.Property.PropertyInfo ?? member.Property.FieldInfo!;
        schema.Description = info.GetCustomAttribute<System.ComponentModel.DataAnnotations.DisplayAttribute>()?.GetDescription() ?? info.GetCustomAttribute<DescriptionAttribute>()?.Description;
        return schema;
    }

    private static OpenApiSchema OfType(EntityMember member)
    {
        if (member.Bare.IsEnum)
        {
            return OfEnum(member);
        }

        if (Types.TryGetValue(member.Bare, out var known))
        {
            return new() { Type = known.Type, Format = known.Format };
        }

        return TypeWords.IsInteger(member.Bare) ? new() { Type = JsonSchemaType.Integer }
            : TypeWords.IsNumber(member.Bare) ? new() { Type = JsonSchemaType.Number }
            : new OpenApiSchema();
    }

    // As they are written: by name or by number.
    private static OpenApiSchema OfEnum(EntityMember member)
    {
        List<JsonNode> values = [.. (member.EnumValues?.Values ?? []).Distinct().Select(value => JsonSerializer.SerializeToNode(value, member.Json)!)];
        var isText = values.Count > 0 && values[0].GetValueKind() == JsonValueKind.String;
        return new() { Type = isText ? JsonSchemaType.String : JsonSchemaType.Integer, Enum = values.Count > 0 ? values : null };
    }

    private static void Add(ValidationAttribute rule, OpenApiSchema schema)
    {
        switch (rule)
        {
            case RangeAttribute { Minimum: int or double } range:
                schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
                schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
                break;
            case StringLengthAttribute length:
                (schema.MinLength, schema.MaxLength) = (length.MinimumLength > 0 ? length.MinimumLength : null, length.MaximumLength);
                break;
            case MaxLengthAttribute { Length: > 0 } longest when schema.Format != "byte":
                schema.MaxLength = longest.Length;
                break;
            case MinLengthAttribute shortest when schema.Format != "byte":
                schema.MinLength = shortest.Length;
                break;
            case RegularExpressionAttribute pattern:
                schema.Pattern = $"^(?:{pattern.Pattern})$";
                break;
            case EmailAddressAttribute:
                schema.Format = "email";
                break;
            case UrlAttribute:
                schema.Format = "uri";
                break;
        }
    }
}
