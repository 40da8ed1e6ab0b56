using System.Globalization;
using System.Text.Json.Nodes;
using Flama.Schemas;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Adds the rules of a model's schema to the schema of a cell.</summary>
internal static class RuleSchema
{
    /// <summary>Adds a rule; null adds nothing.</summary>
    public static OpenApiSchema Add(OpenApiSchema cell, FeatureRule? rule)
    {
        if (rule is null)
        {
            return cell;
        }

        if (rule.Types != ValueTypes.Any && cell.Type is { } known && (Widened(known) & TypesOf(rule.Types)) is not default(JsonSchemaType) and var both)
        {
            cell.Type = both;
        }

        if (rule.RefusesNull && cell.Type is { } types)
        {
            cell.Type = types & ~JsonSchemaType.Null;
        }

        if (rule.Values.Count > 0)
        {
            var values = LabelSchema.Of(rule.Values, int.MaxValue);
            (cell.Type, cell.Enum) = (values.Type, values.Enum);
        }

        cell.Minimum = Text(rule.Minimum);
        cell.Maximum = Text(rule.Maximum);
        cell.ExclusiveMinimum = Text(rule.ExclusiveMinimum);
        cell.ExclusiveMaximum = Text(rule.ExclusiveMaximum);
        cell.MultipleOf = rule.MultipleOf is { } step && step < (double)decimal.MaxValue ? (decimal)step : null;
        cell.MinLength = rule.MinLength;
        cell.MaxLength = rule.MaxLength;
        cell.Pattern = rule.Pattern ?? (cell.Type?.HasFlag(JsonSchemaType.String) == false ? null : cell.Pattern);
        cell.Description = rule.Description is null ? cell.Description : cell.Description is null ? rule.Description : $"{rule.Description} {cell.Description}";
        if (rule.IsSensitive)
        {
            cell.Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal) { ["x-sensitive"] = new JsonNodeExtension(JsonValue.Create(true)) };
        }

        return cell;
    }

    // An integer is a number too.
    private static JsonSchemaType Widened(JsonSchemaType types) => types.HasFlag(JsonSchemaType.Number) ? types | JsonSchemaType.Integer : types;

    private static string? Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static JsonSchemaType TypesOf(ValueTypes types) =>
        (types.HasFlag(ValueTypes.Null) ? JsonSchemaType.Null : default)
        | (types.HasFlag(ValueTypes.Boolean) ? JsonSchemaType.Boolean : default)
        | (types.HasFlag(ValueTypes.Integer) ? JsonSchemaType.Integer : default)
        | (types.HasFlag(ValueTypes.Number) ? JsonSchemaType.Number : default)
        | (types.HasFlag(ValueTypes.String) ? JsonSchemaType.String : default);
}
