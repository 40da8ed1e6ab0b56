using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Schemas of lists.</summary>
internal static class ArraySchema
{
    /// <summary>A list of values of one schema.</summary>
    public static OpenApiSchema Of(OpenApiSchema items, long? length = null)
    {
        var count = length <= int.MaxValue ? (int?)length : null;
        return new() { Type = JsonSchemaType.Array, MinItems = count, MaxItems = count, Items = items };
    }

    /// <summary>A list with a schema for each position. Tools that do not know <c>prefixItems</c> find the types in <c>items</c>.</summary>
    /// <param name="items">The schemas by position.</param>
    /// <param name="any">What each of them is part of.</param>
    public static OpenApiSchema Tuple(IEnumerable<OpenApiSchema> items, OpenApiSchema any)
    {
        var positions = new JsonArray([.. items.Select(SchemaJson.Of)]);
        var schema = Of(any, positions.Count);
        schema.Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal) { ["prefixItems"] = new JsonNodeExtension(positions) };
        return schema;
    }

    /// <summary>Nested lists, one level per dimension.</summary>
    /// <param name="shape">The dimensions; null when their number is not known.</param>
    /// <param name="element">Makes the schema of an element.</param>
    public static OpenApiSchema Nested(IReadOnlyList<Dimension>? shape, Func<OpenApiSchema> element) =>
        shape is null ? new() { Description = "Nested lists of any depth." } : Nested(shape, 0, element);

    private static OpenApiSchema Nested(IReadOnlyList<Dimension> shape, int dimension, Func<OpenApiSchema> element) =>
        dimension == shape.Count ? element() : Of(Nested(shape, dimension + 1, element), shape[dimension].Length);
}
