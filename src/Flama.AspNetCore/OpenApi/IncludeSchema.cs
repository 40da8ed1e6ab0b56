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
    public static OpenApiParameter Parameter(LoadedModel resource) => new()
    {
        Name = PredictIncludeReader.Parameter,
        In = ParameterLocation.Query,
        Description = "What to add beside the output, separated by commas.",
        Style = ParameterStyle.Form,
        Explode = false,
        Schema = ArraySchema.Of(new OpenApiSchema
        {
            Title = "Include",
            Type = JsonSchemaType.String,
            Enum = [.. PredictIncludeReader.PossibleNames(resource).Select(name => (JsonNode)JsonValue.Create(name))],
        }),
    };

    /// <summary>Adds the members that a model can add to the schema of its answer.</summary>
    public static void AddTo(OpenApiSchema answer, LoadedModel resource)
    {
        foreach (var include in PredictIncludeReader.PossibleNames(resource))
        {
            var (name, schema) = Member(include, resource);
            answer.Properties![name] = schema;
        }
    }

    private static (string Name, OpenApiSchema Schema) Member(string include, LoadedModel resource) => include switch
    {
        "probabilities" => (include, Described(OutputSchema.Value(resource.FindProbabilities()!), "The probability of each class, one list per row.")),
        "classes" => (include, Described(OutputSchema.Classes(resource.Model.Classes), "The class of each probability.")),
        "version" => ("model_version", Described(new() { Type = JsonSchemaType.String }, "The model's version, or its id.")),
        _ => ("latency_ms", Described(new() { Type = JsonSchemaType.Number, Format = "double" }, "Milliseconds from the request's arrival to the answer.")),
    };

    private static OpenApiSchema Described(OpenApiSchema schema, string description)
    {
        schema.Description = $"{description} Only when included.";
        return schema;
    }
}
