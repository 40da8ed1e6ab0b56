using System.Text.Json.Nodes;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Streaming;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Describes <c>POST {url}stream/</c> on top of the description of <c>predict</c>.</summary>
internal static class StreamOperation
{
    public static void Describe(OpenApiOperation operation, ModelResource resource, ModelExample? example, ModelMethod method)
    {
        operation.OperationId = $"{resource.Name}_{StreamEndpoints.Name}";
        operation.Summary = "Predict for a stream of rows";
        operation.Description = $"Predicts with {resource.Model.Metadata.ModelClass} while rows still arrive: a line of JSON for each line of JSON, in order. "
            + "A line is a list of rows, an object with the rows in `input`, or one row as an object by feature name. A line that is wrong is answered "
            + "with an error object, and the stream goes on. The same path answers WebSocket connections, a message for each message.";
        operation.Parameters = null;
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "Lines of JSON, each the rows of one answer.",
            Content = Lines(example?.Lists["input"]),
        };
        operation.Responses!["200"] = new OpenApiResponse
        {
            Description = "Lines of JSON: the output for each line of rows, or what is wrong with it.",
            Content = Lines(example?.Answers.GetValueOrDefault(method.Name)),
        };
        operation.Responses.Remove("400");
        operation.Responses.Remove("413");
    }

    // The document's language has no word for lines: each is a text here, with its content in the example.
    private static Dictionary<string, OpenApiMediaType> Lines(JsonNode? line) => new(StringComparer.Ordinal)
    {
        [LineMediaType.Answer] = new OpenApiMediaType
        {
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = line is null ? null : JsonValue.Create($"{line.ToJsonString()}\n"),
        },
    };
}
