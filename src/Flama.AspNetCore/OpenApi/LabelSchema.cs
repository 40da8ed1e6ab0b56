using Flama.Hosting.Examples;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of a value that is one of a known set: the labels of a classifier, the categories of a feature.</summary>
internal static class LabelSchema
{
    /// <summary>How many labels of a classifier a schema lists.</summary>
    public const int MaxListed = 100;

    /// <summary>One of the values: their types, and the values themselves unless there are too many.</summary>
    public static OpenApiSchema Of(IReadOnlyList<Scalar> values, int maxListed = MaxListed)
    {
        JsonSchemaType types = default;
        foreach (var value in values)
        {
            types |= TypeOf(value);
        }

        if (values.Count == 0)
        {
            return CellSchema.Anything;
        }

        OpenApiSchema schema = new() { Type = types };
        if (values.Count <= maxListed && types != JsonSchemaType.Boolean)
        {
            schema.Enum = [.. values.Select(ScalarJson.ToNode).DistinctBy(node => node?.ToJsonString(), StringComparer.Ordinal).Select(node => node ?? JsonNullSentinel.JsonNull)];
        }

        return schema;
    }

    private static JsonSchemaType TypeOf(Scalar value) => value.Kind switch
    {
        ScalarKind.Boolean => JsonSchemaType.Boolean,
        ScalarKind.Integer => JsonSchemaType.Integer,
        ScalarKind.Float when double.IsFinite(value.Number) => JsonSchemaType.Number,
        ScalarKind.Text => JsonSchemaType.String,
        _ => JsonSchemaType.Null,
    };
}
