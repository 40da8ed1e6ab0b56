using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of a request: the rows that this very model takes.</summary>
internal static class InputSchema
{
    // A document with one schema a pixel helps nobody.
    private const int MaxNamedFeatures = 1000;

    public static OpenApiSchema Of(TableSpec spec, string title) => new()
    {
        Title = title,
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { "input" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["input"] = new OpenApiSchema
            {
                Title = "input",
                Description = Describe(spec),
                Type = JsonSchemaType.Array,
                MinItems = 1,
                Items = Row(spec),
            },
        },
    };

    private static string Describe(TableSpec spec) => spec.RowForm switch
    {
        RowForm.Document => "The texts, one a row.",
        RowForm.Record => "The rows, each an object of names and values; names that the model does not know are ignored.",
        RowForm.List => "The rows, each a list of any length.",
        _ when !spec.HasKnownFeatures => "The rows, all of the same length.",
        _ when HasObjects(spec) => $"The rows, each a list of {Count(spec)} in the order of training, or an object by feature name; all in the same form.",
        _ => $"The rows, each a list of {Count(spec)}.",
    };

    private static string Count(TableSpec spec) =>
        spec.Features.Count == 1 ? "1 value" : $"{spec.Features.Count} values";

    private static OpenApiSchema Row(TableSpec spec)
    {
        switch (spec.RowForm)
        {
            case RowForm.Document:
                return AnyOf(
                    new() { Type = JsonSchemaType.String },
                    Fixed(1, new() { Type = JsonSchemaType.String }));
            case RowForm.Record:
                return new() { Type = JsonSchemaType.Object, AdditionalProperties = CellSchema.Anything };
            case RowForm.List:
                return new() { Type = JsonSchemaType.Array, Items = CellSchema.Anything };
        }

        if (!spec.HasKnownFeatures)
        {
            return AnyOf(
                new() { Type = JsonSchemaType.Array, MinItems = 1, Items = CellSchema.Anything },
                new() { Type = JsonSchemaType.Object, AdditionalProperties = CellSchema.Anything });
        }

        return HasObjects(spec) ? AnyOf(List(spec), Object(spec)) : List(spec);
    }

    private static bool HasObjects(TableSpec spec) =>
        spec is { RowForm: RowForm.Cells, HasKnownFeatures: true, HasNames: true, Features.Count: <= MaxNamedFeatures };

    // prefixItems says it for each position; one schema for all is shorter where they are the same.
    private static OpenApiSchema List(TableSpec spec)
    {
        var features = spec.Features;
        if (features.Count > MaxNamedFeatures || features.All(feature => IsSame(feature, features[0])))
        {
            var same = features.Count == 0 || features.Count > MaxNamedFeatures ? CellSchema.Anything : CellSchema.Of(features[0]);
            return Fixed(features.Count, same);
        }

        var cells = new JsonArray([.. features.Select(feature => SchemaJson.Of(CellSchema.Of(feature)))]);
        return new()
        {
            Type = JsonSchemaType.Array,
            MinItems = features.Count,
            MaxItems = features.Count,
            Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal) { ["prefixItems"] = new JsonNodeExtension(cells) },
        };
    }

    private static bool IsSame(Feature left, Feature right) =>
        left.Name is null && right.Name is null
        && left.Kind == right.Kind
        && left.AllowsMissing == right.AllowsMissing
        && left.ParsesText == right.ParsesText
        && left.IsUsed == right.IsUsed
        && left.Categories.SequenceEqual(right.Categories);

    private static OpenApiSchema Object(TableSpec spec)
    {
        var properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        var required = new HashSet<string>(StringComparer.Ordinal);
        foreach (var feature in spec.Features)
        {
            properties[feature.Name!] = CellSchema.Of(feature);
            if (feature.IsUsed)
            {
                required.Add(feature.Name!);
            }
        }

        return new()
        {
            Type = JsonSchemaType.Object,
            Properties = properties,
            Required = required,
            AdditionalPropertiesAllowed = spec.SelectsByName,
        };
    }

    private static OpenApiSchema Fixed(int count, OpenApiSchema items) =>
        new() { Type = JsonSchemaType.Array, MinItems = count, MaxItems = count, Items = items };

    private static OpenApiSchema AnyOf(OpenApiSchema first, OpenApiSchema second) => new() { AnyOf = [first, second] };
}
