using Flama.AspNetCore.Keys;
using Flama.AspNetCore.Models;
using Flama.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Describes the operations of models; leaves those of the user as the framework describes them.</summary>
internal sealed class ModelOperationTransformer(FlamaOptions options, ComponentNames names, ModelExamples examples, KeyProtection keys) : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var needsCredentials = metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any();
        if (metadata.OfType<ModelOperation>().FirstOrDefault() is { } found)
        {
            Describe(operation, found, context.Document!, needsCredentials);
        }
        else if (metadata.OfType<ResourceOperation>().Any())
        {
            ErrorResponses.AddTo(operation.Responses ??= [], context.Document!, operation.RequestBody is not null, needsCredentials);
        }
        else
        {
            return Task.CompletedTask;
        }

        if (KeySchemes.Protect(metadata))
        {
            KeySchemes.AddTo(operation, context.Document!, keys.HasKeys);
        }

        return Task.CompletedTask;
    }

    private void Describe(OpenApiOperation operation, ModelOperation found, OpenApiDocument document, bool needsCredentials)
    {
        if (found.Method is null)
        {
            DescribeInspection(operation, found.Model, document);
        }
        else if (!found.IsLoaded)
        {
            operation.OperationId = names.Operation(found.Model, found.Method);
            UnloadedOperation.Describe(operation);
        }
        else
        {
            DescribeMethod(operation, found, found.Method, document);
        }

        ErrorResponses.AddTo(operation.Responses ??= [], document, found.Method is not null, needsCredentials);
    }

    private void DescribeMethod(OpenApiOperation operation, ModelOperation found, string name, OpenApiDocument document)
    {
        using var lease = found.Model.Acquire();
        if (lease.Loaded.Model.FindMethod(name) is { } method)
        {
            var input = new OpenApiSchemaReference(names.Input(found.Model, lease.Loaded, method), document);
            var output = new OpenApiSchemaReference(names.Output(found.Model, lease.Loaded, method), document);
            var example = examples.Of(lease.Loaded, method);
            if (found.IsStream)
            {
                operation.OperationId = names.Operation(found.Model, Streaming.StreamEndpoints.Name);
                StreamOperation.Describe(operation, NameOf(lease.Loaded), example, input, output, document);
            }
            else
            {
                operation.OperationId = names.Operation(found.Model, method.Name);
                DescribeMethod(operation, NameOf(lease.Loaded), method, example, input, output);
                if (string.Equals(method.Name, ModelMethod.Predict, StringComparison.Ordinal))
                {
                    operation.Parameters = [.. operation.Parameters ?? [], IncludeSchema.Parameter(new OpenApiSchemaReference(names.Include(found.Model), document))];
                }
            }
        }
    }

    private string NameOf(LoadedModel loaded) => options.HidesInternals ? "the model" : loaded.Model.Metadata.ModelClass;

    private void DescribeInspection(OpenApiOperation operation, ModelRoute served, OpenApiDocument document)
    {
        operation.OperationId = names.Operation(served, "inspect");
        operation.Summary = "Show the model";
        operation.Description = options.HidesInternals ? "Shows which model it is." : "Shows the package's metadata (id, framework, class, parameters, metrics) "
            + "and the names of the files that came with the model.";
        operation.Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = "The model's metadata and artifacts.",
                Content = Content(Json, new() { Schema = new OpenApiSchemaReference(ComponentNames.Inspection, document) }),
            },
        };
    }

    private static void DescribeMethod(
        OpenApiOperation operation,
        string model,
        ModelMethod method,
        ModelExample? example,
        OpenApiSchemaReference input,
        OpenApiSchemaReference output)
    {
        (operation.Summary, operation.Description) = MethodText.Of(model, method);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = Content(Json, new() { Schema = input, Examples = Examples(example, method) }),
        };
        TensorOperation.AddBytes(operation, method);
        operation.Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = method.Input is TableSpec ? "The model's answer, one entry per row." : "The model's answer.",
                Content = Content(Json, new() { Schema = output, Example = example?.Answer.DeepClone() }),
            },
        };
    }

    private static Dictionary<string, IOpenApiExample>? Examples(ModelExample? example, ModelMethod method)
    {
        if (example is null)
        {
            return null;
        }

        var examples = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal)
        {
            [method.Input is TableSpec ? "rows" : "tensors"] = new OpenApiExample
            {
                Summary = method.Input is TableSpec ? "Rows by position" : ContentInputs.Of(method.Input) switch
                {
                    InputContent.Image => "An image",
                    InputContent.Text => "A text",
                    _ => "Tensors as nested lists",
                },
                Value = example.Request.DeepClone(),
            },
        };
        if (example.Objects is not null)
        {
            examples["objects"] = new OpenApiExample { Summary = "Rows by feature name", Value = example.Objects.DeepClone() };
        }

        return examples;
    }

    private static Dictionary<string, OpenApiMediaType> Content(string mediaType, OpenApiMediaType content) =>
        new(StringComparer.Ordinal) { [mediaType] = content };
}
