using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of an answer, as far as the model tells before it has seen rows.</summary>
internal static class OutputSchema
{
    private const int MaxLabelsListed = 100;

    /// <summary>The answer of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="title">The title of the schema.</param>
    /// <param name="includes">The names that the request may ask for beside the output.</param>
    public static OpenApiSchema Of(ModelMethod method, string title, IReadOnlyList<string> includes)
    {
        var properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["output"] = Output(method) };
        foreach (var include in includes)
        {
            var (name, schema) = Include(include);
            properties[name] = schema;
        }

        return new()
        {
            Title = title,
            Type = JsonSchemaType.Object,
            Required = new HashSet<string>(StringComparer.Ordinal) { "output" },
            Properties = properties,
        };
    }

    private static OpenApiSchema Output(ModelMethod method)
    {
        switch (method.OutputForm)
        {
            case OutputForm.Single:
                return Array(method.Outputs[0], "The answers, one per row.");
            case OutputForm.List:
                return new()
                {
                    Title = "output",
                    Description = "The answers, one list per output.",
                    Type = JsonSchemaType.Array,
                    MinItems = method.Outputs.Count,
                    MaxItems = method.Outputs.Count,
                    Items = Array(method.Outputs[0], null),
                };
            default:
                return new()
                {
                    Title = "output",
                    Description = "The answers by name.",
                    Type = JsonSchemaType.Object,
                    Required = method.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal),
                    Properties = method.Outputs.ToDictionary(output => output.Name, output => (IOpenApiSchema)Array(output, null), StringComparer.Ordinal),
                };
        }
    }

    private static OpenApiSchema Array(OutputSpec output, string? description)
    {
        var schema = Dimension(output, 0);
        schema.Title = "output";
        schema.Description = description;
        return schema;
    }

    private static OpenApiSchema Dimension(OutputSpec output, int dimension)
    {
        if (output.Shape is null)
        {
            return new();
        }

        if (dimension == output.Shape.Count)
        {
            return output.Labels.Count > 1 ? new() : Value(output);
        }

        var length = output.Shape[dimension].Length;
        return new()
        {
            Type = JsonSchemaType.Array,
            MinItems = (int?)length,
            MaxItems = (int?)length,
            Items = Dimension(output, dimension + 1),
        };
    }

    private static OpenApiSchema Value(OutputSpec output) => output switch
    {
        { Labels.Count: > 0 } => Label(output.Labels[0]),
        { Type: ElementType.Boolean } => new() { Type = JsonSchemaType.Boolean },
        { Type: ElementType.String } => new() { Type = JsonSchemaType.String },
        { Type: ElementType.Mixed } => new(),
        _ when ElementTypes.IsFloat(output.Type) => new()
        {
            Type = JsonSchemaType.Number | JsonSchemaType.Null,
            Description = "Null where the result is not a finite number.",
        },
        _ => new() { Type = JsonSchemaType.Integer },
    };

    private static OpenApiSchema Label(LabelSet labels) => labels.Count is 0 or > MaxLabelsListed
        ? new()
        : new() { Enum = [.. labels.Labels.Select(label => CellSchema.ToNode(label) ?? JsonNullSentinel.JsonNull)] };

    private static (string Name, OpenApiSchema Schema) Include(string include) => include switch
    {
        "probabilities" => (include, Optional(JsonSchemaType.Array, "The probability of each class, one list a row.")),
        "classes" => (include, Optional(JsonSchemaType.Array, "The class of each probability.")),
        "version" => ("model_version", Optional(JsonSchemaType.String, "The model's version, or its id.")),
        _ => ("latency_ms", Optional(JsonSchemaType.Number, "Milliseconds from the request's arrival to the answer.")),
    };

    private static OpenApiSchema Optional(JsonSchemaType type, string description) =>
        new() { Type = type, Description = $"{description} Only when included." };
}
