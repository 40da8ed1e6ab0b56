using Flama.AspNetCore.Keys;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Predict;
using Flama.Hosting;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Gives the document its title, the schemas of the models, and our paths their slash at the end.</summary>
internal sealed class ModelDocumentTransformer(FlamaOptions options, ComponentNames names, PredictServices predict, KeyProtection keys) : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = options.Title,
            Version = options.Version,
            Description = options.Description,
        };

        // Where the application is mounted is known only from a request; see SchemaEndpoint.
        document.Servers = [];
        var own = context.DescriptionGroups.SelectMany(group => group.Items).Where(item => OperationOf(item) is not null || IsOfResource(item)).ToArray();
        AddSlashes(document, own);
        if (context.DescriptionGroups.SelectMany(group => group.Items).Any(item => KeySchemes.Protect(item.ActionDescriptor.EndpointMetadata)))
        {
            KeySchemes.AddTo(document, keys.HasKeys);
        }

        if (own.Length > 0)
        {
            ErrorSchema.AddTo(document);
        }

        AddSchemas(document, own.Select(OperationOf).OfType<ModelOperation>());
        return Task.CompletedTask;
    }

    private static bool IsOfResource(ApiDescription description) => description.ActionDescriptor.EndpointMetadata.OfType<ResourceOperation>().Any();

    private static ModelOperation? OperationOf(ApiDescription description) =>
        description.ActionDescriptor.EndpointMetadata.OfType<ModelOperation>().FirstOrDefault();

    private static void AddSlashes(OpenApiDocument document, ApiDescription[] own)
    {
        var bare = own.Select(description => $"/{description.RelativePath?.Trim('/')}").ToHashSet(StringComparer.Ordinal);
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths)
        {
            paths[bare.Contains(path) && !path.EndsWith('/') ? $"{path}/" : path] = item;
        }

        document.Paths = paths;
    }

    private void AddSchemas(OpenApiDocument document, IEnumerable<ModelOperation> operations)
    {
        var any = false;
        foreach (var (model, method, _, isLoaded) in operations)
        {
            any = true;
            if (method is null || !isLoaded)
            {
                continue;
            }

            using var lease = model.Acquire();
            if (lease.Loaded.Model.FindMethod(method) is { } found)
            {
                AddSchemas(document, model, lease.Loaded, found);
            }
        }

        if (any)
        {
            document.AddComponent(ComponentNames.Inspection, InspectSchema.Make(ComponentNames.TitleOf(ComponentNames.Inspection)));
        }
    }

    private void AddSchemas(OpenApiDocument document, ModelRoute served, LoadedModel resource, ModelMethod method)
    {
        var input = names.Input(served, resource, method);
        if (document.Components?.Schemas?.ContainsKey(input) != true)
        {
            document.AddComponent(input, InputSchema.Of(method.Input, ComponentNames.TitleOf(input)));
        }

        var output = names.Output(served, resource, method);
        if (document.Components?.Schemas?.ContainsKey(output) == true)
        {
            return;
        }

        var answer = OutputSchema.Of(method, ComponentNames.TitleOf(output));
        if (string.Equals(method.Name, ModelMethod.Predict, StringComparison.Ordinal))
        {
            IncludeSchema.AddTo(answer, resource, predict.Cache is not null);
            var include = names.Include(served);
            document.AddComponent(include, IncludeSchema.Name(resource, predict.Cache is not null, ComponentNames.TitleOf(include)));
        }

        document.AddComponent(output, answer);
    }
}
