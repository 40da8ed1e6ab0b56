using Flama.Hosting.Examples;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of rows that a method takes.</summary>
internal static class RowSchema
{
    /// <summary>The list of rows.</summary>
    public static OpenApiSchema Of(TableSpec spec)
    {
        var rows = ArraySchema.Of(Row(spec));
        rows.MinItems = 1;
        rows.Description = Describe(spec);
        return rows;
    }

    /// <summary>The list of rows, each an object by feature name with numbers as numbers; for methods that have names.</summary>
    public static OpenApiSchema OfObjects(TableSpec spec)
    {
        var rows = ArraySchema.Of(Object(spec, isPlain: true));
        rows.MinItems = 1;
        rows.Description = "The rows, each an object by feature name.";
        return rows;
    }

    private static string Describe(TableSpec spec) => spec.RowForm switch
    {
        RowForm.Document => "The texts, one per row.",
        RowForm.Record => "The rows, each an object of names and values; names that the model does not know are ignored.",
        RowForm.List => "The rows, each a list of any length.",
        _ when !spec.HasKnownFeatures => "The rows, all of the same length.",
        _ when ExampleRequests.HasObjects(spec) => $"The rows, each a list of {Count(spec)} in the order of training, or an object by feature name; all in the same form.",
        _ => $"The rows, each a list of {Count(spec)}.",
    };

    private static string Count(TableSpec spec) => spec.Features.Count == 1 ? "1 value" : $"{spec.Features.Count} values";

    private static OpenApiSchema Row(TableSpec spec)
    {
        switch (spec.RowForm)
        {
            case RowForm.Document:
                return Text(spec);
            case RowForm.Record:
                return new() { Type = JsonSchemaType.Object, AdditionalProperties = CellSchema.Anything };
            case RowForm.List:
                return ArraySchema.Of(CellSchema.Anything);
        }

        if (!spec.HasKnownFeatures)
        {
            var list = ArraySchema.Of(CellSchema.Anything);
            list.MinItems = 1;
            return AnyOf(list, new() { Type = JsonSchemaType.Object, AdditionalProperties = CellSchema.Anything });
        }

        return ExampleRequests.HasObjects(spec) ? AnyOf(List(spec), Object(spec, isPlain: false)) : List(spec);
    }

    private static OpenApiSchema Text(TableSpec spec) =>
        spec is { HasKnownFeatures: true, Features: [var feature, ..] } ? CellSchema.Of(feature) : new() { Type = JsonSchemaType.String };

    private static OpenApiSchema List(TableSpec spec)
    {
        var features = spec.Features;
        if (features.Count == 0 || features.All(feature => IsSame(feature, features[0])))
        {
            return ArraySchema.Of(features.Count == 0 ? CellSchema.Anything : CellSchema.Of(features[0]), features.Count);
        }

        return features.Count > ExampleRequests.MaxNamedFeatures
            ? ArraySchema.Of(CellSchema.Union(features), features.Count)
            : ArraySchema.Tuple(features.Select(CellSchema.Of), CellSchema.Union(features));
    }

    private static bool IsSame(Feature left, Feature right) =>
        left.Name is null && right.Name is null
        && left.Kind == right.Kind
        && left.AllowsMissing == right.AllowsMissing
        && left.AllowsInfinity == right.AllowsInfinity
        && left.ParsesText == right.ParsesText
        && left.IsUsed == right.IsUsed
        && left.Rule == right.Rule
        && left.Categories.SequenceEqual(right.Categories);

    private static OpenApiSchema Object(TableSpec spec, bool isPlain)
    {
        var properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        var required = new HashSet<string>(StringComparer.Ordinal);
        foreach (var feature in spec.Features)
        {
            properties[feature.Name!] = CellSchema.Of(feature, isPlain);
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

    private static OpenApiSchema AnyOf(OpenApiSchema first, OpenApiSchema second) => new() { AnyOf = [first, second] };
}
