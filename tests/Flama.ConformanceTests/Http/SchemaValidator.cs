using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flama.ConformanceTests.Http;

/// <summary>Checks a JSON value against a schema of an OpenAPI document: the keywords that our documents use, and a failure for any other.</summary>
internal sealed class SchemaValidator(JsonElement document)
{
    private static readonly string[] Annotations = ["title", "description", "format", "example", "examples", "$comment"];

    /// <summary>What is wrong with the value first, with its path; null when the schema holds.</summary>
    public string? Check(JsonElement value, JsonElement schema) => Check(value, schema, "$");

    private string? Check(JsonElement value, JsonElement schema, string path)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (Check(value, schema, keyword.Name, keyword.Value, path) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private string? Check(JsonElement value, JsonElement schema, string keyword, JsonElement rule, string path)
    {
        switch (keyword)
        {
            case "$ref":
                return Check(value, Resolve(rule.GetString()!), path);
            case "type":
                return IsOfType(value, rule) ? null : $"{path}: {Excerpt(value)} is not {rule.GetRawText()}";
            case "enum":
                return rule.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)) ? null : $"{path}: {Excerpt(value)} is not one of {Excerpt(rule)}";
            case "anyOf":
                var found = rule.EnumerateArray().Select(one => Check(value, one, path)).ToList();
                return found.Contains(null) ? null : $"{path}: none of ({string.Join("; ", found)})";
            case "pattern" when value.ValueKind == JsonValueKind.String:
                return Regex.IsMatch(value.GetString()!, rule.GetString()!, RegexOptions.ECMAScript, TimeSpan.FromSeconds(10)) ? null : $"{path}: {Excerpt(value)} does not match";
            case "minimum" when value.ValueKind == JsonValueKind.Number:
                return value.GetDouble() >= rule.GetDouble() ? null : $"{path}: {Excerpt(value)} is below {rule}";
            case "maximum" when value.ValueKind == JsonValueKind.Number:
                return value.GetDouble() <= rule.GetDouble() ? null : $"{path}: {Excerpt(value)} is above {rule}";
            case "pattern" or "minimum" or "maximum":
                return null;
            case "minItems" or "maxItems" or "items" or "prefixItems":
                return value.ValueKind == JsonValueKind.Array ? CheckList(value, schema, keyword, rule, path) : null;
            case "required" or "properties" or "additionalProperties":
                return value.ValueKind == JsonValueKind.Object ? CheckObject(value, schema, keyword, rule, path) : null;
            default:
                return Annotations.Contains(keyword) ? null : throw new NotSupportedException($"keyword '{keyword}'");
        }
    }

    private string? CheckList(JsonElement value, JsonElement schema, string keyword, JsonElement rule, string path)
    {
        var length = value.GetArrayLength();
        switch (keyword)
        {
            case "minItems":
                return length >= rule.GetInt32() ? null : $"{path}: {length} items, expected {rule} or more";
            case "maxItems":
                return length <= rule.GetInt32() ? null : $"{path}: {length} items, expected {rule} or fewer";
            case "prefixItems":
                return value.EnumerateArray().Zip(rule.EnumerateArray()).Select((pair, i) => Check(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(wrong => wrong is not null);
            default:
                var from = schema.TryGetProperty("prefixItems", out var prefix) ? prefix.GetArrayLength() : 0;
                return value.EnumerateArray().Skip(from).Select((item, i) => Check(item, rule, $"{path}[{from + i}]")).FirstOrDefault(wrong => wrong is not null);
        }
    }

    private string? CheckObject(JsonElement value, JsonElement schema, string keyword, JsonElement rule, string path)
    {
        switch (keyword)
        {
            case "required":
                return rule.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path} lacks '{name}'").FirstOrDefault();
            case "properties":
                return value.EnumerateObject()
                    .Select(member => rule.TryGetProperty(member.Name, out var one) ? Check(member.Value, one, $"{path}.{member.Name}") : null)
                    .FirstOrDefault(wrong => wrong is not null);
            default:
                var known = schema.TryGetProperty("properties", out var properties) ? properties : default;
                return value.EnumerateObject()
                    .Where(member => known.ValueKind != JsonValueKind.Object || !known.TryGetProperty(member.Name, out _))
                    .Select(member => rule.ValueKind == JsonValueKind.False ? $"{path} has '{member.Name}'"
                        : rule.ValueKind == JsonValueKind.True ? null : Check(member.Value, rule, $"{path}.{member.Name}"))
                    .FirstOrDefault(wrong => wrong is not null);
        }
    }

    private JsonElement Resolve(string reference)
    {
        var found = document;
        foreach (var part in reference.Split('/').Skip(1))
        {
            found = found.GetProperty(part);
        }

        return found;
    }

    private static bool IsOfType(JsonElement value, JsonElement rule) =>
        rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Any(one => IsOfType(value, one)) : IsOfType(value, rule.GetString()!);

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "string" => value.ValueKind == JsonValueKind.String,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && Math.Floor(number) == number,
        _ => throw new NotSupportedException($"type '{type}'"),
    };

    private static string Excerpt(JsonElement value) => value.GetRawText() is var text && text.Length > 120 ? $"{text[..120]}…" : value.GetRawText();
}
