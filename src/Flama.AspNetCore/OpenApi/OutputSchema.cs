using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of an answer, as far as the model tells before it has seen rows.</summary>
internal static class OutputSchema
{
    private const int MaxLabelsListed = 100;

    /// <summary>The answer of a method.</summary>
    /// <param name="output">What the method answers.</param>
    /// <param name="title">The title of the schema.</param>
    /// <param name="includes">The names that the request may ask for beside the output.</param>
    public static OpenApiSchema Of(MethodOutput output, string title, IReadOnlyList<string> includes)
    {
        var properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["output"] = new OpenApiSchema
            {
                Title = "output",
                Description = output.IsList ? "The answers, one list an output." : "The answers, one a row.",
                Type = JsonSchemaType.Array,
                Items = output.IsList ? new() { Type = JsonSchemaType.Array } : Row(output),
            },
        };
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

    private static OpenApiSchema Row(MethodOutput output)
    {
        if (output.Columns is not { } columns)
        {
            return Value(output, 0);
        }

        return new()
        {
            Type = JsonSchemaType.Array,
            MinItems = columns,
            MaxItems = columns,
            Items = output.Labels.Count > 1 ? new() : Value(output, 0),
        };
    }

    private static OpenApiSchema Value(MethodOutput output, int column) => output.Kind switch
    {
        PredictionKind.Integer => new() { Type = JsonSchemaType.Integer },
        PredictionKind.Boolean => new() { Type = JsonSchemaType.Boolean },
        PredictionKind.Label when output.Labels.Count > column => Label(output.Labels[column]),
        PredictionKind.Float => new()
        {
            Type = JsonSchemaType.Number | JsonSchemaType.Null,
            Description = "Null where the result is not a finite number.",
        },
        _ => new(),
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
