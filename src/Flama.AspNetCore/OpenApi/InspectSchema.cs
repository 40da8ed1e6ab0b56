using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of what inspecting a model answers.</summary>
internal static class InspectSchema
{
    public static OpenApiSchema Make(string title) => Object(
        null,
        ("meta", Meta()),
        ("artifacts", new OpenApiSchema
        {
            Type = JsonSchemaType.Object | JsonSchemaType.Null,
            Description = "Where each file stands inside the package, by name; null when there are none.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
        }),
        ("manifest", new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "The names of the files, for packages of Flama 2.x.",
            Items = new OpenApiSchema { Type = JsonSchemaType.String },
        })).Requires("meta", "artifacts").Titled(title);

    private static OpenApiSchema Meta() => Object(
        "The package's metadata, as it was written.",
        ("id", Text("The model's id, usually a UUID.")),
        ("timestamp", new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = "When the model was packaged, ISO 8601; of a bare file when it was last written, or null." }),
        ("framework", Object("The library that the model was made with.", ("lib", Text("Its name.")), ("version", Text("Its version at packaging.")))),
        ("model", Object(
            "The model.",
            ("obj", Text("The name of its class.")),
            ("info", Anything("Its parameters, as the library gives them.")),
            ("params", Anything("The parameters that the user stored.")),
            ("metrics", Anything("The metrics that the user stored."))).Requires("obj")),
        ("extra", Anything("What else the user stored."))).Requires("id", "timestamp", "framework", "model");

    private static OpenApiSchema Object(string? description, params ReadOnlySpan<(string Name, OpenApiSchema Schema)> members)
    {
        OpenApiSchema schema = new()
        {
            Type = JsonSchemaType.Object,
            Description = description,
            Required = new HashSet<string>(StringComparer.Ordinal),
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal),
        };
        foreach (var (name, member) in members)
        {
            schema.Properties[name] = member;
            schema.Required.Add(name);
        }

        return schema;
    }

    private static OpenApiSchema Requires(this OpenApiSchema schema, params string[] names)
    {
        schema.Required = names.ToHashSet(StringComparer.Ordinal);
        return schema;
    }

    private static OpenApiSchema Titled(this OpenApiSchema schema, string title)
    {
        schema.Title = title;
        return schema;
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Anything(string description) => new() { Description = description };
}
