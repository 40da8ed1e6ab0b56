using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of a request: the input that this very method takes.</summary>
internal static class InputSchema
{
    /// <summary>The request of a method.</summary>
    /// <param name="spec">What the method takes.</param>
    /// <param name="title">The title of the schema.</param>
    public static OpenApiSchema Of(InputSpec spec, string title) => Of(Value(spec), title);

    /// <summary>The request with an input of a schema.</summary>
    public static OpenApiSchema Of(OpenApiSchema input, string? title)
    {
        input.Title = "input";
        return new()
        {
            Title = title,
            Type = JsonSchemaType.Object,
            Required = new HashSet<string>(StringComparer.Ordinal) { "input" },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["input"] = input },
        };
    }

    /// <summary>The input of a method.</summary>
    public static OpenApiSchema Value(InputSpec spec) => spec is TableSpec table ? RowSchema.Of(table) : TensorSchema.Of((TensorsSpec)spec);
}
