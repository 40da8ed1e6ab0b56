using Flama.AspNetCore.Streaming;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Describes <c>POST {url}stream/</c>.</summary>
internal static class StreamOperation
{
    // The document's language (3.1) has no keyword for lines: the schema of a body of lines is the schema of each of them.
    private const string EachLine = "Lines of JSON; the schema is that of each line.";

    public static void Describe(
        OpenApiOperation operation,
        string model,
        ModelExample? example,
        OpenApiSchemaReference input,
        OpenApiSchemaReference output,
        OpenApiDocument document)
    {
        operation.Summary = "Predict for a stream of inputs";
        operation.Description = $"Predicts with {model} while input still arrives: a line of JSON for each line of JSON, in order. "
            + "A line is an object with `input`, the value of `input` on its own, or one row as an object by feature name. A line that is wrong is answered "
            + "with an error object whose `line` is the number of the line, and the stream goes on. The same path answers WebSocket connections, a message for each message.";
        operation.Parameters = null;
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = EachLine,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [LineMediaType.Answer] = new OpenApiMediaType { Schema = input, Example = example?.Request.DeepClone() },
            },
        };
        operation.Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = $"{EachLine} A line is the answer for a line of input, or an error object.",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [LineMediaType.Answer] = new OpenApiMediaType
                    {
                        Schema = new OpenApiSchema { AnyOf = [output, new OpenApiSchemaReference(ComponentNames.Error, document)] },
                        Example = example?.Answer.DeepClone(),
                    },
                    [LineMediaType.Events] = new OpenApiMediaType
                    {
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Description = "Server-sent events for a request that accepts them, or whose input is one text: the data of each event is the "
                                + "output for a line of input, or an error object in an event of the type `error`.",
                        },
                    },
                },
            },
        };
    }
}
