using System.Text.Json.Nodes;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Predict;
using Flama.Hosting;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>What <c>?include=</c> can add beside the output of <c>predict</c>.</summary>
internal static class IncludeSchema
{
    /// <summary>The query parameter.</summary>
    /// <param name="name">A reference to the schema of one name.</param>
    public static OpenApiParameter Parameter(OpenApiSchemaReference name) => new()
    {
        Name = PredictIncludeReader.Parameter,
        In = ParameterLocation.Query,
        Description = "What to add beside the output, separated by commas.",
        Style = ParameterStyle.Form,
        Explode = false,
        Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = name },
    };

    /// <summary>The schema of one name.</summary>
    public static OpenApiSchema Name(LoadedModel resource, bool hasCache, string title) => new()
    {
        Title = title,
        Type = JsonSchemaType.String,
        Enum = [.. PredictIncludeReader.PossibleNames(resource, hasCache).Select(name => (JsonNode)JsonValue.Create(name))],
    };

    /// <summary>Adds the members that a model can add to the schema of its answer.</summary>
    public static void AddTo(OpenApiSchema answer, LoadedModel resource, bool hasCache)
    {
        foreach (var include in PredictIncludeReader.PossibleNames(resource, hasCache))
        {
            var (name, schema) = Member(include, resource);
            schema.Description += " Only when included.";
            answer.Properties![name] = schema;
        }
    }

    /// <summary>Adds a member that every answer has to the schema of the answer.</summary>
    public static void AddTo(OpenApiSchema answer, LoadedModel resource, string include)
    {
        var (name, schema) = Member(include, resource);
        answer.Properties![name] = schema;
        answer.Required!.Add(name);
    }

    private static (string Name, OpenApiSchema Schema) Member(string include, LoadedModel resource) => include switch
    {
        "probabilities" => (include, Described(OutputSchema.Value(resource.FindProbabilities()!), "The probability of each class, one list per row.")),
        "classes" => (include, Described(OutputSchema.Classes(resource.Model.Classes), "The class of each probability.")),
        "version" => ("model_version", Described(new() { Type = JsonSchemaType.String }, "The model's version, or its id.")),
        "cached" => (include, Described(new() { Type = JsonSchemaType.Boolean }, "Whether it was computed for an earlier request.")),
        _ => ("latency_ms", Described(new() { Type = JsonSchemaType.Number, Format = "double" }, "Milliseconds from the request's arrival to the answer.")),
    };

    private static OpenApiSchema Described(OpenApiSchema schema, string description)
    {
        schema.Description = description;
        return schema;
    }
}
