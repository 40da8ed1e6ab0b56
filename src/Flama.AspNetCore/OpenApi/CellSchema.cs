using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of one cell of a row: what the reader takes there.</summary>
internal static class CellSchema
{
    // Text that Python's float() reads, and the words that it knows beside digits.
    private const string Digits = "[0-9]+(_[0-9]+)*";
    private const string Finite = $@"[+-]?({Digits}(\.({Digits})?)?|\.{Digits})([eE][+-]?{Digits})?";
    private const string NotANumber = "[+-]?[nN][aA][nN]";
    private const string Infinite = "[+-]?[iI][nN][fF]([iI][nN][iI][tT][yY])?";

    /// <summary>Any single value but null.</summary>
    public const JsonSchemaType AnyScalar = JsonSchemaType.Number | JsonSchemaType.String | JsonSchemaType.Boolean;

    /// <summary>The cell of a model that checks its rows itself.</summary>
    public static OpenApiSchema Anything => new() { Type = AnyScalar | JsonSchemaType.Null };

    /// <summary>The cell of a feature: its types, its known values, whether it may be missing, and the rules of the model's schema.</summary>
    public static OpenApiSchema Of(Feature feature) => Of(feature, isPlain: false);

    /// <summary>The same, where <paramref name="isPlain"/> says whether a number may only be a number, not what reads as one too.</summary>
    public static OpenApiSchema Of(Feature feature, bool isPlain) => RuleSchema.Add(
        Unruled(feature.Rule is { RefusesNull: true } ? feature with { AllowsMissing = false } : feature, isPlain), feature.IsUsed ? feature.Rule : null);

    private static OpenApiSchema Unruled(Feature feature, bool isPlain)
    {
        if (!feature.IsUsed)
        {
            return new() { Title = feature.Name, Type = AnyScalar | JsonSchemaType.Null, Description = "The model does not use it." };
        }

        var missing = feature.AllowsMissing ? JsonSchemaType.Null : default;
        if (feature.Categories.Count > 0)
        {
            return Categories(feature);
        }

        OpenApiSchema schema = new()
        {
            Title = feature.Name,
            Type = missing | (feature.Kind == FeatureKind.Text ? JsonSchemaType.String : isPlain && feature.Kind == FeatureKind.Number ? JsonSchemaType.Number : TypeOf(feature)),
            Description = feature.AllowsMissing ? "May be missing (null)." : null,
        };
        if (!isPlain && feature is { Kind: FeatureKind.Number, ParsesText: true })
        {
            schema.Pattern = NumericText(feature);
        }

        return schema;
    }

    /// <summary>The schema of a row's cells taken together: every type that any of them has.</summary>
    /// <remarks>Text beside numbers is any value: some generators read a list of types as the first of them, and their clients could not send the others.</remarks>
    public static OpenApiSchema Union(IEnumerable<Feature> features)
    {
        JsonSchemaType types = default;
        foreach (var feature in features)
        {
            types |= Of(feature).Type ?? AnyScalar | JsonSchemaType.Null;
        }

        return types.HasFlag(JsonSchemaType.String) && (types & ~(JsonSchemaType.String | JsonSchemaType.Null)) != default ? new() : new() { Type = types };
    }

    private static JsonSchemaType TypeOf(Feature feature) => feature.Kind == FeatureKind.Number && !feature.ParsesText
        ? JsonSchemaType.Number | JsonSchemaType.Boolean
        : AnyScalar;

    // A pattern holds for text only; numbers and booleans pass it.
    private static string NumericText(Feature feature)
    {
        var words = $"{(feature.AllowsMissing ? $"|{NotANumber}" : "")}{(feature.AllowsInfinity ? $"|{Infinite}" : "")}";
        return $@"^\s*({Finite}{words})\s*$";
    }

    private static OpenApiSchema Categories(Feature feature)
    {
        // The reader takes 0 and 1 for false and true.
        if (feature.Categories.Any(category => category.Kind == ScalarKind.Boolean))
        {
            return new()
            {
                Title = feature.Name,
                Type = feature.Categories.Append(feature.AllowsMissing ? Scalar.Null : feature.Categories[0]).Aggregate(
                    JsonSchemaType.Boolean | JsonSchemaType.Number,
                    (types, category) => types | (category.Kind == ScalarKind.Text ? JsonSchemaType.String : category.IsNumber ? default : JsonSchemaType.Null)),
            };
        }

        var schema = LabelSchema.Of([.. feature.Categories, .. feature.AllowsMissing ? [Scalar.Null] : Array.Empty<Scalar>()], int.MaxValue);
        schema.Title = feature.Name;
        return schema;
    }
}
