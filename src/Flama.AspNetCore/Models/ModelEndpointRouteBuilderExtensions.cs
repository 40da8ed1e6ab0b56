using Flama;
using Flama.AspNetCore;
using Flama.AspNetCore.Inspect;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.OpenApi;
using Flama.AspNetCore.Predict;
using Flama.Packaging;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Log = Flama.AspNetCore.Models.Log;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps models as resources of an application.</summary>
public static class ModelEndpointRouteBuilderExtensions
{
    private const string LoggerName = "Flama.AspNetCore.Models";

    /// <summary>
    /// Opens a model file, loads it with the engines of <see cref="FlamaOptions.Engines"/> and maps it: <c>GET</c> and <c>HEAD</c> of the path
    /// show its metadata, <c>POST</c> of <c>{url}{method}/</c> runs each method that it has.
    /// </summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="url">The path; <c>/</c> is the root, and a slash at the end makes no difference.</param>
    /// <param name="path">The file: a package (<c>.flm</c>) or a framework's own.</param>
    /// <param name="name">The name in the API's document; null for the last segment of the path, or <c>model</c> at the root.</param>
    /// <returns>The model's endpoints, to add conventions to all of them. The file and the model live as long as the application.</returns>
    /// <exception cref="FlamaException">The file cannot be read or loaded, or the path is taken.</exception>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    public static IEndpointConventionBuilder MapModel(this IEndpointRouteBuilder endpoints, string url, string path, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(url);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var models = FlamaServices.Get<ServedModels>(endpoints.ServiceProvider, nameof(MapModel));
        var options = FlamaServices.Get<IOptions<FlamaOptions>>(endpoints.ServiceProvider, nameof(MapModel)).Value;
        var package = ModelPackage.Open(path);
        models.Own(package);
        var model = options.Engines.Load(package.ReadModel());
        models.Own(model);
        return MapModel(endpoints, url, model, name, package.Artifacts.Names);
    }

    /// <summary>Maps a model that is loaded already, as the other overload does with a file.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="url">The path; <c>/</c> is the root, and a slash at the end makes no difference.</param>
    /// <param name="model">The model; stays the caller's, who disposes it after the application.</param>
    /// <param name="name">The name in the API's document; null for the last segment of the path, or <c>model</c> at the root.</param>
    /// <param name="artifactNames">The names of the files that came with the model; null or empty when there are none.</param>
    /// <returns>The model's endpoints, to add conventions to all of them.</returns>
    /// <exception cref="FlamaException">The path is taken, or is none.</exception>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    public static IEndpointConventionBuilder MapModel(
        this IEndpointRouteBuilder endpoints,
        string url,
        Model model,
        string? name = null,
        IReadOnlyList<string>? artifactNames = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(model);
        var models = FlamaServices.Get<ServedModels>(endpoints.ServiceProvider, nameof(MapModel));
        var options = FlamaServices.Get<IOptions<FlamaOptions>>(endpoints.ServiceProvider, nameof(MapModel)).Value;
        var path = ModelUrl.Normalize(url);
        var resource = new ModelResource(string.IsNullOrEmpty(name) ? ModelUrl.DefaultName(path) : name, path, model, artifactNames);
        models.Add(endpoints, resource);
        LogMapping(endpoints.ServiceProvider, resource);
        return MapEndpoints(endpoints, resource, options);
    }

    private static RouteGroupBuilder MapEndpoints(IEndpointRouteBuilder endpoints, ModelResource resource, FlamaOptions options)
    {
        var group = endpoints.MapGroup(string.Empty);
        group.WithMetadata(resource);
        group.WithTags(resource.Name);

        RequestDelegate inspect = new InspectEndpoint(resource).HandleAsync;
        group.MapMethods(resource.Url, [HttpMethods.Get], inspect)
            .WithMetadata(inspect.Method, new ModelOperation(resource, null))
            .WithDisplayName($"{resource.Name}: inspect");
        group.MapMethods(resource.Url, [HttpMethods.Head], inspect).ExcludeFromDescription();

        var services = FlamaServices.Get<PredictServices>(endpoints.ServiceProvider, nameof(MapModel));
        foreach (var method in resource.Model.Methods)
        {
            RequestDelegate predict = new PredictEndpoint(resource, method, services).HandleAsync;
            group.MapMethods($"{resource.Url}{method.Name}/", [HttpMethods.Post], predict)
                .WithMetadata(predict.Method, new ModelOperation(resource, method), new RequestSizeLimit(options.MaxRequestBodyBytes))
                .WithDisplayName($"{resource.Name}: {method.Name}");
        }

        return group;
    }

    private static void LogMapping(IServiceProvider services, ModelResource resource)
    {
        var logger = FlamaServices.Get<ILoggerFactory>(services, nameof(MapModel)).CreateLogger(LoggerName);
        var metadata = resource.Model.Metadata;
        Log.ModelMapped(
            logger,
            resource.Name,
            metadata.ModelClass,
            metadata.Framework,
            metadata.FrameworkVersion,
            resource.Url,
            string.Join(", ", resource.Model.Methods.Select(method => method.Name)));
        foreach (var warning in resource.Model.Warnings)
        {
            Log.ModelWarning(logger, resource.Name, warning);
        }
    }
}
