using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flama.Schemas;

/// <summary>Reads JSON Schema as far as it says something of a row: names the place of what is wrong.</summary>
/// <param name="root">The whole document, for references.</param>
/// <param name="name">What messages call it.</param>
internal sealed class SchemaReader(JsonElement root, string name)
{
    private const int MaxReferences = 16;

    private static readonly HashSet<string> Checked = new(StringComparer.Ordinal)
    {
        "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "nullable", "x-sensitive",
    };

    // Of no effect on what is valid, as JSON Schema has it.
    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "title", "description", "default", "examples", "example", "deprecated", "readOnly", "writeOnly", "format", "contentEncoding", "contentMediaType", "contentSchema",
        "$comment", "$id", "id", "$schema", "$anchor", "$defs", "definitions", "$vocabulary",
    };

    private static readonly HashSet<string> OfRows = new(StringComparer.Ordinal) { "properties", "required", "additionalProperties", "items", "prefixItems", "additionalItems" };

    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$dynamicRef", "contains", "minContains", "maxContains", "uniqueItems", "minItems", "maxItems", "patternProperties",
        "propertyNames", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "dependencies", "unevaluatedItems", "unevaluatedProperties",
    };

    /// <summary>Reads the rule of one feature.</summary>
    public FeatureRule ReadRule(JsonElement given, string place)
    {
        if (given.ValueKind == JsonValueKind.True)
        {
            return new();
        }

        var schema = Open(given, place, out var isNullable);
        CheckKeywords(schema, place, OfRows.Contains);
        var types = Types(schema, place);
        isNullable |= Find(schema, "nullable") is { ValueKind: JsonValueKind.True };
        FeatureRule rule = new()
        {
            Types = types == ValueTypes.Any ? types : types | (isNullable ? ValueTypes.Null : default),
            Values = Values(schema, place, isNullable),
            Minimum = Number(schema, "minimum", place),
            Maximum = Number(schema, "maximum", place),
            ExclusiveMinimum = Exclusive(schema, "exclusiveMinimum", "minimum", place),
            ExclusiveMaximum = Exclusive(schema, "exclusiveMaximum", "maximum", place),
            MultipleOf = Number(schema, "multipleOf", place) is { } step ? step > 0 ? step : throw Wrong($"{place}/multipleOf", "is not above 0") : null,
            MinLength = Length(schema, "minLength", place),
            MaxLength = Length(schema, "maxLength", place),
            Pattern = Text(schema, "pattern", place),
            IsSensitive = Find(schema, "x-sensitive") is { ValueKind: JsonValueKind.True },
            Description = Find(schema, "description") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null,
            Example = Find(schema, "examples") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? ScalarOf(list[0])
                : Find(schema, "example") is { } example ? ScalarOf(example) : null,
        };
        _ = PatternOf(rule, place);
        return rule;
    }

    /// <summary>The compiled pattern of a rule; null for none.</summary>
    public Regex? PatternOf(FeatureRule rule, string place)
    {
        try
        {
            return rule.Pattern is null ? null : SafePattern.Compile(rule.Pattern);
        }
        catch (ArgumentException failure)
        {
            throw Wrong($"{place}/pattern", failure.Message);
        }
    }

    /// <summary>Follows references, and takes the null out of a choice between it and something else.</summary>
    /// <param name="schema">An object.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="isNullable">Whether there was such a choice.</param>
    public JsonElement Open(JsonElement schema, string place, out bool isNullable)
    {
        isNullable = false;
        for (var hops = 0; hops < MaxReferences; hops++)
        {
            if (schema.ValueKind != JsonValueKind.Object)
            {
                throw Wrong(place, $"is {Kind(schema)}, expected an object");
            }

            if (Text(schema, "$ref", place) is { } reference)
            {
                schema = Resolve(reference, place);
            }
            else if (ChoiceOf(schema) is { } other)
            {
                isNullable = true;
                schema = other;
            }
            else
            {
                return schema;
            }
        }

        throw Wrong(place, $"follows more than {MaxReferences} references");
    }

    /// <summary>Refuses what would be checked by JSON Schema and is not here, and what is likely misspelt. Anything else that is unknown is an annotation.</summary>
    public void CheckKeywords(JsonElement schema, string place, Func<string, bool> isUnfit)
    {
        foreach (var member in schema.EnumerateObject())
        {
            var word = member.Name;
            if (Others.Contains(word) || isUnfit(word))
            {
                throw Wrong($"{place}/{word}", "is a rule that is not checked here", "Leave it out, or write it with the rules of single features.");
            }

            if (Checked.Contains(word) || Annotations.Contains(word) || OfRows.Contains(word) || word.StartsWith("x-", StringComparison.Ordinal))
            {
                continue;
            }

            if (Nearest.To(word, [.. Checked, .. Annotations, .. OfRows]) is { } near)
            {
                throw Wrong($"{place}/{SafeText.OneLine(word)}", "is not a keyword of JSON Schema", $"Did you mean {near}?");
            }
        }
    }

    /// <summary>A member; null when it is not there.</summary>
    public static JsonElement? Find(JsonElement schema, string word) => schema.TryGetProperty(word, out var value) ? value : null;

    /// <summary>The failure of a schema.</summary>
    public FlamaException Wrong(string place, string what, string? remedy = null) =>
        new(ErrorCodes.InvalidSchema, $"{place} of {name} {what}.", remedy ?? "Correct the schema, or load the model with validation off.");

    private static JsonElement? ChoiceOf(JsonElement schema)
    {
        var choice = Find(schema, "anyOf") ?? Find(schema, "oneOf");
        if (choice is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() != 2)
        {
            return null;
        }

        var isFirst = IsNull(list[0]);
        return isFirst != IsNull(list[1]) ? list[isFirst ? 1 : 0] : null;
    }

    private static bool IsNull(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && Find(schema, "type") is { ValueKind: JsonValueKind.String } type && type.GetString() == "null";

    private JsonElement Resolve(string reference, string place)
    {
        if (!reference.StartsWith('#'))
        {
            throw Wrong($"{place}/$ref", $"is '{SafeText.OneLine(reference)}', expected a place in the same document: #/$defs/NAME");
        }

        var found = root;
        foreach (var part in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var word = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(word, out found))
            {
                throw Wrong($"{place}/$ref", $"is '{SafeText.OneLine(reference)}', which is not there");
            }
        }

        return found;
    }

    private ValueTypes Types(JsonElement schema, string place)
    {
        if (Find(schema, "type") is not { } type)
        {
            return ValueTypes.Any;
        }

        var names = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().ToArray() : [type];
        return names.Aggregate(ValueTypes.Any, (types, one) => types | (RuleText.TypeOf(one.ValueKind == JsonValueKind.String ? one.GetString() : null)
            ?? throw Wrong($"{place}/type", $"is {SafeText.OneLine(type.GetRawText(), 100)}, expected number, integer, boolean, string or null, or a list of them")));
    }

    private List<Scalar> Values(JsonElement schema, string place, bool isNullable)
    {
        if (Find(schema, "const") is { } only)
        {
            return [ScalarOf(only) ?? throw Wrong($"{place}/const", "is not a single value")];
        }

        if (Find(schema, "enum") is not { } values)
        {
            return [];
        }

        if (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0)
        {
            throw Wrong($"{place}/enum", "is not a list of values");
        }

        List<Scalar> list = [.. values.EnumerateArray().Select(value => ScalarOf(value) ?? throw Wrong($"{place}/enum", "holds what is not a single value"))];
        return isNullable && !list.Contains(Scalar.Null) ? [.. list, Scalar.Null] : list;
    }

    private static Scalar? ScalarOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Scalar.Of(value.GetString()!),
        JsonValueKind.True or JsonValueKind.False => Scalar.Of(value.GetBoolean()),
        JsonValueKind.Null => Scalar.Null,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? Scalar.Of(whole) : Scalar.Of(value.GetDouble()),
        _ => null,
    };

    private double? Number(JsonElement schema, string word, string place) => Find(schema, word) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw Wrong($"{place}/{word}", $"is {Kind(value)}, expected a number");

    // In drafts up to 4 it is a boolean that goes with the bound.
    private double? Exclusive(JsonElement schema, string word, string bound, string place) => Find(schema, word) switch
    {
        { ValueKind: JsonValueKind.True } => Number(schema, bound, place),
        { ValueKind: JsonValueKind.False } => null,
        _ => Number(schema, word, place),
    };

    private int? Length(JsonElement schema, string word, string place) => Find(schema, word) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= 0 && number <= int.MaxValue && Math.Truncate(number) == number ? (int)number
        : throw Wrong($"{place}/{word}", "is not a whole number of 0 or more");

    private string? Text(JsonElement schema, string word, string place) => Find(schema, word) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Wrong($"{place}/{word}", $"is {Kind(value)}, expected a text");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
