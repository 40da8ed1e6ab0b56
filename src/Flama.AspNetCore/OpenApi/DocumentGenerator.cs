using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The framework's document generator in a container of its own, so that the application's container and its own documents stay as they are.</summary>
internal static class DocumentGenerator
{
    /// <summary>Makes the container; the caller disposes it.</summary>
    /// <param name="host">The application's services.</param>
    /// <param name="http">What Flama's endpoints share.</param>
    /// <param name="repositories">The models of repositories.</param>
    public static ServiceProvider Make(IServiceProvider host, HttpServices http, RepositorySnapshot repositories)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(http.Loggers);
        services.AddSingleton(host.GetRequiredService<IHostEnvironment>());
        services.AddRoutingCore();
        services.AddSingleton(http.Flama);
        services.AddSingleton(http.Predict);
        services.AddSingleton(http.Keys);
        services.AddSingleton(new ComponentNames([.. http.Routes.Models, .. repositories.Routes]));
        services.AddSingleton<ModelExamples>();
        services.AddOpenApi(SchemaDocument.Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = type => IsAnyJson(type.Type) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.AddOperationTransformer<ModelOperationTransformer>();
            options.AddDocumentTransformer<ModelDocumentTransformer>();
        });
        Forward<IOptions<JsonOptions>>(host, services);

        // What the application has said of its own endpoints counts; where it has no descriptions, they are made here.
        var endpoints = host.GetRequiredService<EndpointDataSource>();
        var described = host.GetService<IApiDescriptionGroupCollectionProvider>();
        AddParameterTypes(services, host, endpoints);
        services.AddSingleton<EndpointDataSource>(new DescribedEndpoints(endpoints, repositories.Endpoints, onlyModels: described is not null));
        if (described is not null)
        {
            services.AddSingleton<IApiDescriptionGroupCollectionProvider>(provider => new JoinedDescriptions(
                described,
                new ApiDescriptionGroupCollectionProvider(
                    provider.GetRequiredService<Microsoft.AspNetCore.Mvc.Infrastructure.IActionDescriptorCollectionProvider>(),
                    provider.GetServices<IApiDescriptionProvider>())));
        }

        return services.BuildServiceProvider();
    }

    // Any JSON is the empty schema where it stands: as a component of its own, generators of clients make a class without members of it.
    private static bool IsAnyJson(Type type) =>
        type == typeof(JsonElement) || type == typeof(JsonElement?) || type == typeof(JsonDocument) || type.IsAssignableTo(typeof(JsonNode));

    private static void Forward<T>(IServiceProvider host, ServiceCollection services)
        where T : class
    {
        if (host.GetService<T>() is { } service)
        {
            services.AddSingleton(service);
        }
    }

    // A parameter that the application's container fills is not part of a request; the generator asks its own container which those are.
    private static void AddParameterTypes(ServiceCollection services, IServiceProvider host, EndpointDataSource endpoints)
    {
        if (host.GetService<IServiceProviderIsService>() is not { } known)
        {
            return;
        }

        var types = endpoints.Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<MethodInfo>())
            .OfType<MethodInfo>()
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.ParameterType)
            .Distinct()
            .Where(known.IsService);
        foreach (var type in types)
        {
            services.AddTransient(type, _ => throw new InvalidOperationException("The generator of documents makes no services."));
        }
    }
}
