using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of every error answer.</summary>
internal static class ErrorSchema
{
    /// <summary>Adds it to a document that does not have it.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        if (document.Components?.Schemas?.ContainsKey(ComponentNames.Error) != true)
        {
            document.AddComponent(ComponentNames.Error, Make());
        }
    }

    private static OpenApiSchema Make() => new()
    {
        Title = "APIError",
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { "status_code", "detail", "error" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text("A URI of the kind of problem."),
            ["title"] = Text("The kind of problem in words."),
            ["status"] = Number("The HTTP status."),
            ["detail"] = Text("What is wrong, where, and what to do."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "The first problems of the rows, ten at most.",
                Items = Problem(),
            },
            ["correlation_id"] = Text("The id of a failure in the server's log. Only with status 500."),
            ["status_code"] = Number("The HTTP status again."),
            ["error"] = Text("The class of error: ValidationError for rows that the model does not take, else HTTPException."),
        },
    };

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["loc"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "Where: input, the row and the feature, both counted from 0; or the place of a record in a list, where there is one, and its member.",

                // Texts and numbers; a list of types is read as the first of them by some generators.
                Items = new OpenApiSchema(),
            },
            ["msg"] = Text("What is wrong."),
            ["type"] = Text("The kind of problem, a stable name."),
            ["feature"] = Text("The feature's name, where the model knows names."),
            ["rule"] = Text("The rule of the model's schema that the cell is against, a keyword of JSON Schema: maximum, enum, pattern and so on."),
            ["bound"] = new OpenApiSchema { Description = "The value of that rule, for example the largest number." },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Number(string description) => new() { Type = JsonSchemaType.Integer, Description = description };
}
