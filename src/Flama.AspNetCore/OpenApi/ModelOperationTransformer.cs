using System.Text.Json.Nodes;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Predict;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Describes the operations of models; leaves those of the user as the framework describes them.</summary>
internal sealed class ModelOperationTransformer(ComponentNames names, ModelExamples examples) : IOpenApiOperationTransformer
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var operationOfModel = context.Description.ActionDescriptor.EndpointMetadata.OfType<ModelOperation>().FirstOrDefault();
        if (operationOfModel is { } found)
        {
            Describe(operation, found, context.Document!);
        }

        return Task.CompletedTask;
    }

    private void Describe(OpenApiOperation operation, ModelOperation found, OpenApiDocument document)
    {
        using var lease = found.Model.Acquire();
        if (found.Method is null)
        {
            DescribeInspection(operation, lease.Resource, document);
        }
        else if (lease.Resource.Model.FindMethod(found.Method) is { } method)
        {
            DescribeMethod(operation, found.Model, lease.Resource, method, document);
            if (found.IsStream)
            {
                StreamOperation.Describe(operation, lease.Resource, examples.Of(lease.Resource), method);
            }
        }
    }

    private static void DescribeInspection(OpenApiOperation operation, ModelResource resource, OpenApiDocument document)
    {
        operation.OperationId = $"{resource.Name}_inspect";
        operation.Summary = "Show the model";
        operation.Description = "Shows what the package says of the model (its id, framework, class, parameters, metrics) "
            + "and the names of the files that came with it.";
        operation.Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = "The model's metadata and artifacts.",
                Content = Content(Json, new() { Schema = InspectSchema() }),
            },
        };
        AddErrors(operation.Responses, document, "default");
    }

    private void DescribeMethod(
        OpenApiOperation operation, ServedModel served, ModelResource resource, ModelMethod method, OpenApiDocument document)
    {
        var example = examples.Of(resource);
        (operation.Summary, operation.Description) = MethodText.Of(resource, method);
        operation.OperationId = $"{resource.Name}_{method.Name}";
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = Content(Json, new()
            {
                Schema = new OpenApiSchemaReference(names.Input(served), document),
                Examples = Examples(example),
            }),
        };
        if (string.Equals(method.Name, ModelMethod.Predict, StringComparison.Ordinal))
        {
            operation.Parameters = [Include(resource)];
        }

        var answer = example?.Answers.GetValueOrDefault(method.Name);
        operation.Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = "The model's answer, one entry a row.",
                Content = Content(Json, new()
                {
                    Schema = new OpenApiSchemaReference(names.Output(served, method), document),
                    Example = answer?.DeepClone(),
                }),
            },
        };
        AddErrors(operation.Responses, document, "400", "413", "415", "default");
    }

    private static OpenApiParameter Include(ModelResource resource) => new()
    {
        Name = PredictIncludeReader.Parameter,
        In = ParameterLocation.Query,
        Description = "What to add beside the output, split by commas.",
        Style = ParameterStyle.Form,
        Explode = false,
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. PredictIncludeReader.PossibleNames(resource).Select(name => (JsonNode)JsonValue.Create(name))],
            },
        },
    };

    private static Dictionary<string, IOpenApiExample>? Examples(ModelExample? example)
    {
        if (example is null)
        {
            return null;
        }

        var examples = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal)
        {
            ["rows"] = new OpenApiExample { Summary = "Rows by position", Value = example.Lists.DeepClone() },
        };
        if (example.Objects is not null)
        {
            examples["objects"] = new OpenApiExample { Summary = "Rows by feature name", Value = example.Objects.DeepClone() };
        }

        return examples;
    }

    private static OpenApiSchema InspectSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["meta"] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "The package's metadata, as it was written." },
            ["artifacts"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object | JsonSchemaType.Null,
                Description = "Where each file stands inside the package, by name; null when there are none.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        },
    };

    private static void AddErrors(OpenApiResponses responses, OpenApiDocument document, params ReadOnlySpan<string> statuses)
    {
        foreach (var status in statuses)
        {
            responses[status] = new OpenApiResponse
            {
                Description = status switch
                {
                    "400" => "The body is not JSON, or not rows that the model takes. Nothing was predicted.",
                    "413" => "The body is larger than the server allows.",
                    "415" => "The body's content type is not JSON.",
                    _ => "Something else went wrong.",
                },
                Content = Content(ProblemJson, new() { Schema = new OpenApiSchemaReference(ComponentNames.Error, document) }),
            };
        }
    }

    private static Dictionary<string, OpenApiMediaType> Content(string mediaType, OpenApiMediaType content) =>
        new(StringComparer.Ordinal) { [mediaType] = content };
}
