using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Images and texts that a method takes as they are, in requests.</summary>
internal static class ContentSchema
{
    /// <summary>One of them in JSON, or a list.</summary>
    public static OpenApiSchema Of(TensorSpec tensor) => new()
    {
        Description = tensor.Content == InputContent.Image
            ? "An image (PNG or JPEG) in base64, or a list of them: one alone is answered alone, a list with a list."
            : "A text, or a list of texts: one alone is answered alone, a list with a list.",
        AnyOf = [One(tensor.Content), ArraySchema.Of(One(tensor.Content))],
    };

    /// <summary>Adds bodies that are an image or a text themselves.</summary>
    public static void AddBodies(OpenApiOperation operation, InputContent content)
    {
        var bodies = operation.RequestBody!.Content!;
        if (content == InputContent.Text)
        {
            bodies["text/plain"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "One text." } };
            return;
        }

        foreach (var mediaType in new[] { "image/png", "image/jpeg" })
        {
            bodies[mediaType] = new() { Schema = Binary("One image.") };
        }

        bodies["multipart/form-data"] = new()
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["image"] = ArraySchema.Of(Binary("An image.")) },
                Description = "The files of a form: one is answered alone, several with a list.",
            },
        };
    }

    private static OpenApiSchema One(InputContent content) => new() { Type = JsonSchemaType.String, Format = content == InputContent.Image ? "byte" : null };

    private static OpenApiSchema Binary(string description) => new() { Type = JsonSchemaType.String, Format = "binary", Description = description };
}
