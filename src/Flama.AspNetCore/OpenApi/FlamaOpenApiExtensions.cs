using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Adds the framework's document generator with our transformers.</summary>
internal static class FlamaOpenApiExtensions
{
    public static IServiceCollection AddFlamaOpenApi(this IServiceCollection services)
    {
        services.AddSingleton<ComponentNames>();
        services.AddSingleton<ModelExamples>();
        return services.AddOpenApi(SchemaDocument.Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddOperationTransformer<ModelOperationTransformer>();
            options.AddDocumentTransformer<ModelDocumentTransformer>();
        });
    }
}
