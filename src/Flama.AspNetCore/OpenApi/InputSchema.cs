using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of a request: the input that this very method takes.</summary>
internal static class InputSchema
{
    /// <summary>The request of a method.</summary>
    /// <param name="spec">What the method takes.</param>
    /// <param name="title">The title of the schema.</param>
    public static OpenApiSchema Of(InputSpec spec, string title)
    {
        var input = Value(spec);
        input.Title = "input";
        return new()
        {
            Title = title,
            Type = JsonSchemaType.Object,
            Required = new HashSet<string>(StringComparer.Ordinal) { "input" },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["input"] = input },
        };
    }

    private static OpenApiSchema Value(InputSpec spec) => spec is TableSpec table ? RowSchema.Of(table) : TensorSchema.Of((TensorsSpec)spec);
}
