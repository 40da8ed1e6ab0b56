using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Describes predicting with a model that is not loaded: what every model takes.</summary>
internal static class UnloadedOperation
{
    private const string Json = "application/json";

    /// <summary>Describes the operation.</summary>
    public static void Describe(OpenApiOperation operation)
    {
        operation.Summary = "Predict";
        operation.Description = "The model is loaded at the first request; then its other methods and what it takes are described here too.";
        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Content("input", "Rows, or tensors.") };
        operation.Responses = new OpenApiResponses { ["200"] = new OpenApiResponse { Description = "The model's answer.", Content = Content("output", "One entry per row, or tensors.") } };
    }

    private static Dictionary<string, OpenApiMediaType> Content(string member, string description) => new(StringComparer.Ordinal)
    {
        [Json] = new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { [member] = new OpenApiSchema { Description = description } },
                Required = new HashSet<string>(StringComparer.Ordinal) { member },
            },
        },
    };
}
