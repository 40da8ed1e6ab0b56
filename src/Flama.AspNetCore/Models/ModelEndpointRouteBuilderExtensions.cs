using Flama;
using Flama.AspNetCore;
using Flama.AspNetCore.Inspect;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.OpenApi;
using Flama.AspNetCore.Predict;
using Flama.AspNetCore.Streaming;
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
        _ = FlamaServices.Get<ServedModels>(endpoints.ServiceProvider, nameof(MapModel));
        var options = FlamaServices.Get<IOptions<FlamaOptions>>(endpoints.ServiceProvider, nameof(MapModel)).Value;
        var package = ModelPackage.Open(path);
        Model model;
        try
        {
            model = options.Engines.Load(package.ReadModel());
        }
        catch
        {
            package.Dispose();
            throw;
        }

        return MapModel(endpoints, url, model, name, package.Artifacts.Names, new LoadedFile(package, model));
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
        return MapModel(endpoints, url, model, name, artifactNames, owner: null);
    }

    /// <summary>Maps a model that ends with the application, or when another replaces it.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="url">The path.</param>
    /// <param name="model">The model.</param>
    /// <param name="name">The name; null for the last segment of the path.</param>
    /// <param name="artifactNames">The names of the files that came with the model; null or empty when there are none.</param>
    /// <param name="owner">What to dispose after the model's last request, and if mapping fails; null when the caller disposes the model.</param>
    internal static IEndpointConventionBuilder MapModel(
        IEndpointRouteBuilder endpoints, string url, Model model, string? name, IReadOnlyList<string>? artifactNames, IDisposable? owner)
    {
        try
        {
            var models = FlamaServices.Get<ServedModels>(endpoints.ServiceProvider, nameof(MapModel));
            var options = FlamaServices.Get<IOptions<FlamaOptions>>(endpoints.ServiceProvider, nameof(MapModel)).Value;
            var path = ModelUrl.Normalize(url);
            ModelResource resource = new(string.IsNullOrEmpty(name) ? ModelUrl.DefaultName(path) : name, path, model, artifactNames, owner);
            ServedModel served = new(resource);
            models.Add(endpoints, served);
            owner = null;
            LogMapping(endpoints.ServiceProvider, resource);
            return MapEndpoints(endpoints, served, resource, models, options);
        }
        catch
        {
            owner?.Dispose();
            throw;
        }
    }

    private static RouteGroupBuilder MapEndpoints(
        IEndpointRouteBuilder endpoints, ServedModel served, ModelResource first, ServedModels models, FlamaOptions options)
    {
        var group = endpoints.MapGroup(string.Empty);
        group.WithMetadata(served);
        group.WithTags(served.Name);
        var services = FlamaServices.Get<PredictServices>(endpoints.ServiceProvider, nameof(MapModel));
        var streams = FlamaServices.Get<StreamServices>(endpoints.ServiceProvider, nameof(MapModel));
        ModelEndpoints routes = new(
            endpoints,
            (builder, resource) =>
            {
                MapInspection(builder, served);
                MapMethods(builder, served, resource, services, options);
                StreamEndpoints.Map(builder, served, resource, streams);
            },
            first);
        ((IEndpointRouteBuilder)group).DataSources.Add(routes);
        var hasOthers = false;
        served.Replacing = next => hasOthers = routes.Update(next);
        served.Replaced = next =>
        {
            if (hasOthers)
            {
                routes.Announce();
            }

            models.Note(hasOthers);
            LogReplacement(endpoints.ServiceProvider, next);
        };
        return group;
    }

    private static void MapInspection(IEndpointRouteBuilder builder, ServedModel served)
    {
        RequestDelegate inspect = new InspectEndpoint(served).HandleAsync;
        builder.MapMethods(served.Url, [HttpMethods.Get], inspect)
            .WithMetadata(inspect.Method, new ModelOperation(served, null))
            .WithDisplayName($"{served.Name}: inspect");
        builder.MapMethods(served.Url, [HttpMethods.Head], inspect).ExcludeFromDescription();
    }

    private static void MapMethods(
        IEndpointRouteBuilder builder, ServedModel served, ModelResource resource, PredictServices services, FlamaOptions options)
    {
        var methods = resource.Model.Methods;
        for (var place = 0; place < methods.Count; place++)
        {
            var name = methods[place].Name;
            RequestDelegate predict = new PredictEndpoint(served, name, place, options.MaxDegreeOfParallelism, services).HandleAsync;
            builder.MapMethods($"{served.Url}{name}/", [HttpMethods.Post], predict)
                .WithMetadata(predict.Method, new ModelOperation(served, name), new RequestSizeLimit(options.MaxRequestBodyBytes))
                .WithDisplayName($"{served.Name}: {name}");
        }
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

    private static void LogReplacement(IServiceProvider services, ModelResource resource) => Log.ModelReplaced(
        FlamaServices.Get<ILoggerFactory>(services, nameof(MapModel)).CreateLogger(LoggerName),
        resource.Name,
        resource.Url,
        resource.Model.Metadata.ModelClass,
        resource.Model.Metadata.Id,
        string.Join(", ", resource.Model.Methods.Select(method => method.Name)));
}
