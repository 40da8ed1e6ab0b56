using Flama.AspNetCore.Admission;
using Flama.AspNetCore.Inspect;
using Flama.AspNetCore.OpenApi;
using Flama.AspNetCore.Predict;
using Flama.AspNetCore.Streaming;
using Flama.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flama.AspNetCore.Models;

/// <summary>Maps the endpoints of one model.</summary>
internal static class ModelMapping
{
    /// <summary>What the built-in that shows a model is called.</summary>
    public const string Inspect = "inspect";

    private const string LoggerName = "Flama.AspNetCore.Models";

    /// <summary>Maps a model to a path.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="name">The name in documents.</param>
    /// <param name="served">The model.</param>
    /// <param name="services">What all endpoints share.</param>
    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string pattern, string name, ServedModel served, HttpServices services)
    {
        ModelRoute route = new(ModelUrl.Normalize(pattern), name, served);
        route.Acquire().Dispose();
        services.Routes.Add(endpoints, route);
        return Map(endpoints, route, services);
    }

    /// <summary>Maps a route that is known already.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="route">The route.</param>
    /// <param name="services">What all endpoints share.</param>
    /// <param name="isMapped">Whether a built-in of that name is mapped; null for all.</param>
    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, ModelRoute route, HttpServices services, Func<string, bool>? isMapped = null)
    {
        using var lease = route.Acquire();
        LogMapping(services, route, lease.Model);
        return MapEndpoints(endpoints, route, lease.Loaded, services, isMapped);
    }

    private static RouteGroupBuilder MapEndpoints(
        IEndpointRouteBuilder endpoints, ModelRoute route, LoadedModel first, HttpServices services, Func<string, bool>? isMapped)
    {
        var group = endpoints.MapGroup(string.Empty);
        group.WithTags(route.Tag);

        // Documents of the application's own stay as they are; Flama's document has the endpoints all the same.
        group.ExcludeFromDescription();
        ModelEndpoints routes = new(
            endpoints,
            (builder, loaded) => MapAll(builder, route, loaded, services, isMapped),
            first);
        ((IEndpointRouteBuilder)group).DataSources.Add(routes);
        FollowReplacements(route, routes, services);
        return group;
    }

    /// <summary>Maps everything that a model answers, or what of it is wanted.</summary>
    public static void MapAll(IEndpointRouteBuilder builder, ModelRoute route, LoadedModel loaded, HttpServices services, Func<string, bool>? isMapped = null)
    {
        if (isMapped?.Invoke(Inspect) ?? true)
        {
            MapInspection(builder, route, services);
        }

        MapMethods(builder, route, loaded, services, isMapped);
        if (isMapped?.Invoke(StreamEndpoints.Name) ?? true)
        {
            StreamEndpoints.Map(builder, route, loaded, services);
        }
    }

    /// <summary>Maps what is known of a model without loading it, for documents.</summary>
    public static void MapUnloaded(IEndpointRouteBuilder builder, ModelRoute route, HttpServices services)
    {
        MapInspection(builder, route, services);
        MapMethod(builder, route, ModelMethod.Predict, 0, services, isLoaded: false);
    }

    private static void FollowReplacements(ModelRoute route, ModelEndpoints routes, HttpServices services)
    {
        var hasOthers = false;
        route.Served.Replacing += next => hasOthers = routes.Update(next);
        route.Served.Replaced += (_, replacement) =>
        {
            if (hasOthers)
            {
                routes.Announce();
            }

            services.Routes.NoteReplacement();
            LogReplacement(services, route, replacement.Loaded.Model);
        };
    }

    private static void MapInspection(IEndpointRouteBuilder builder, ModelRoute route, HttpServices services)
    {
        RequestDelegate inspect = new InspectEndpoint(route, services.Options.ModelHeaders, services.Flama.HidesInternals).HandleAsync;
        var shown = builder.MapMethods(route.Url, [HttpMethods.Get], inspect)
            .WithMetadata(inspect.Method, new ModelOperation(route, null))
            .WithDisplayName($"{route.Name}: inspect");
        services.Keys.Protect(shown, ApiKeyDefaults.InspectPolicy, route.Served.Name);
        services.Keys.Protect(builder.MapMethods(route.Url, [HttpMethods.Head], inspect), ApiKeyDefaults.InspectPolicy, route.Served.Name);
    }

    private static void MapMethods(IEndpointRouteBuilder builder, ModelRoute route, LoadedModel loaded, HttpServices services, Func<string, bool>? isMapped)
    {
        var methods = loaded.Model.Methods;
        for (var index = 0; index < methods.Count; index++)
        {
            if (isMapped?.Invoke(methods[index].Name) ?? true)
            {
                MapMethod(builder, route, methods[index].Name, index, services, isLoaded: true);
            }
        }
    }

    private static void MapMethod(IEndpointRouteBuilder builder, ModelRoute route, string name, int index, HttpServices services, bool isLoaded)
    {
        RequestDelegate predict = new PredictEndpoint(route, name, index, services.Flama.MaxDegreeOfParallelism, services.Predict).HandleAsync;
        var mapped = builder.MapMethods($"{route.Url}{name}/", [HttpMethods.Post], predict)
            .WithMetadata(predict.Method, new ModelOperation(route, name, IsLoaded: isLoaded), new RequestSizeLimit(services.Options.MaxRequestBodyBytes))
            .WithDisplayName($"{route.Name}: {name}");
        RequestTimeouts.Limit(mapped, services.Options.RequestTimeout);
        services.Keys.Protect(mapped, ApiKeyDefaults.PredictPolicy, route.Served.Name);
    }

    private static void LogMapping(HttpServices services, ModelRoute route, Model model)
    {
        var logger = services.Loggers.CreateLogger(LoggerName);
        var metadata = model.Metadata;
        Log.ModelMapped(
            logger,
            route.Name,
            metadata.ModelClass,
            metadata.Framework,
            metadata.FrameworkVersion,
            route.Url,
            string.Join(", ", model.Methods.Select(method => method.Name)));
        foreach (var warning in model.Warnings)
        {
            Log.ModelWarning(logger, route.Name, warning);
        }
    }

    private static void LogReplacement(HttpServices services, ModelRoute route, Model model) => Log.ModelReplaced(
        services.Loggers.CreateLogger(LoggerName),
        route.Name,
        route.Url,
        model.Metadata.ModelClass,
        model.Metadata.Id,
        string.Join(", ", model.Methods.Select(method => method.Name)));
}
