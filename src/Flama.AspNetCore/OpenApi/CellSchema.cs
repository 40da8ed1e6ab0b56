using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of one cell of a row.</summary>
internal static class CellSchema
{
    private const JsonSchemaType AnyScalar = JsonSchemaType.Number | JsonSchemaType.String | JsonSchemaType.Boolean;

    /// <summary>The cell of a model that checks its rows itself.</summary>
    public static OpenApiSchema Anything => new() { Type = AnyScalar | JsonSchemaType.Null };

    /// <summary>The cell of a feature: its types, its known values, whether it may be missing.</summary>
    public static OpenApiSchema Of(Feature feature)
    {
        if (!feature.IsUsed)
        {
            return new() { Title = feature.Name, Type = AnyScalar | JsonSchemaType.Null, Description = "The model does not use it." };
        }

        var type = feature.Kind switch
        {
            FeatureKind.Number when feature.ParsesText => JsonSchemaType.Number | JsonSchemaType.String,
            FeatureKind.Number => JsonSchemaType.Number,
            FeatureKind.Text => JsonSchemaType.String,
            _ => JsonSchemaType.Number | JsonSchemaType.String,
        };
        if (feature.Categories.Count > 0)
        {
            return new() { Title = feature.Name, Enum = Categories(feature) };
        }

        return new()
        {
            Title = feature.Name,
            Type = feature.AllowsMissing ? type | JsonSchemaType.Null : type,
            Description = feature.AllowsMissing ? "May be missing (null)." : null,
        };
    }

    /// <summary>The value in JSON; null for what JSON cannot say.</summary>
    public static JsonNode? ToNode(Scalar value) => value.Kind switch
    {
        ScalarKind.Boolean => JsonValue.Create(value.Integer != 0),
        ScalarKind.Integer => JsonValue.Create(value.Integer),
        ScalarKind.Float when double.IsFinite(value.Number) => JsonValue.Create(value.Number),
        ScalarKind.Text => JsonValue.Create(value.Text),
        _ => null,
    };

    private static List<JsonNode> Categories(Feature feature)
    {
        var values = feature.Categories.Select(ToNode).ToList();
        if (feature.AllowsMissing && !values.Contains(null))
        {
            values.Add(null);
        }

        return [.. values.Select(value => value ?? JsonNullSentinel.JsonNull)];
    }
}
