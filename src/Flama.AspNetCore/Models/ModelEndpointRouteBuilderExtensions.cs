using Flama;
using Flama.AspNetCore;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Repository;
using Flama.Hosting;
using Flama.Hosting.Repository;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps models to paths of an application.</summary>
public static class ModelEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps every model that <c>AddModel</c> added and that is not mapped yet: to its <see cref="ServedModelOptions.Url"/>, or to <c>/{name}/</c>.
    /// <c>GET</c> and <c>HEAD</c> of the path show the model's metadata, <c>POST</c> of <c>{path}{method}/</c> runs each method that it has,
    /// <c>{path}stream/</c> predicts while rows still arrive. Models of <c>AddRepository</c> are at <c>{url}{name}/</c> and <c>{url}{name}/versions/{version}/</c>.
    /// </summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <returns>The endpoints, to add conventions to all of them.</returns>
    /// <exception cref="FlamaException">A model cannot be loaded, or its path is taken.</exception>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    public static IEndpointConventionBuilder MapModels(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = HttpServices.Of(endpoints.ServiceProvider, nameof(MapModels));
        var catalog = endpoints.ServiceProvider.GetRequiredService<ModelCatalog>();
        var group = endpoints.MapGroup(string.Empty);
        foreach (var registration in catalog.Registrations)
        {
            var served = services.Served[registration.Name];
            if (!services.Routes.Models.Any(route => route.Served == served))
            {
                ModelMapping.Map(group, registration.Options.Url ?? $"/{registration.Name}/", served.Name, served, services);
            }
        }

        foreach (var repository in endpoints.ServiceProvider.GetServices<ModelRepository>())
        {
            RepositoryMapping.Map(group, repository, services);
        }

        return group;
    }

    /// <summary>Maps a model that <c>AddModel</c> added, to a path of its own.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="pattern">The path; <c>/</c> is the root, and a slash at the end makes no difference.</param>
    /// <param name="served">The model.</param>
    /// <returns>The model's endpoints, to add conventions to all of them.</returns>
    /// <exception cref="FlamaException">The model cannot be loaded, or the path is taken.</exception>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    public static IEndpointConventionBuilder MapModel(this IEndpointRouteBuilder endpoints, string pattern, ServedModel served)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(served);
        return ModelMapping.Map(endpoints, pattern, served.Name, served, HttpServices.Of(endpoints.ServiceProvider, nameof(MapModel)));
    }

    /// <summary>Opens a model file, loads it with the engines of <see cref="FlamaOptions.Engines"/> and maps it.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="pattern">The path; <c>/</c> is the root, and a slash at the end makes no difference.</param>
    /// <param name="path">The file or directory: a package (<c>.flm</c>) or a framework's own; a relative path is one from the current directory, else from the program's folder.</param>
    /// <param name="name">The name in the API's document; null for the last segment of the pattern, or <c>model</c> at the root.</param>
    /// <returns>The model's endpoints, to add conventions to all of them. The file and the model live as long as the application.</returns>
    /// <exception cref="FlamaException">The file cannot be read or loaded, or the path is taken.</exception>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    public static IEndpointConventionBuilder MapModel(this IEndpointRouteBuilder endpoints, string pattern, string path, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var services = HttpServices.Of(endpoints.ServiceProvider, nameof(MapModel));
        return Map(endpoints, pattern, LoadedModel.Open(ProgramFolder.Find(path), services.Flama.Engines), name, services);
    }

    /// <summary>Maps a model that is loaded already.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="pattern">The path; <c>/</c> is the root, and a slash at the end makes no difference.</param>
    /// <param name="model">The model; stays the caller's, who disposes it after the application.</param>
    /// <param name="name">The name in the API's document; null for the last segment of the pattern, or <c>model</c> at the root.</param>
    /// <returns>The model's endpoints, to add conventions to all of them.</returns>
    /// <exception cref="FlamaException">The path is taken, or is not a path.</exception>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    public static IEndpointConventionBuilder MapModel(this IEndpointRouteBuilder endpoints, string pattern, Model model, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(model);
        var services = HttpServices.Of(endpoints.ServiceProvider, nameof(MapModel));
        return Map(endpoints, pattern, new LoadedModel(model, ownsModel: false), name, services);
    }

    // Models of several paths may have one name in documents; the registry wants one that is its own.
    private static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string pattern, LoadedModel loaded, string? name, HttpServices services)
    {
        ServedModel? served = null;
        try
        {
            var url = ModelUrl.Normalize(pattern);
            var shown = string.IsNullOrEmpty(name) ? ModelUrl.DefaultName(url) : name;
            served = new ServedModel(services.Served.TryGet(shown, out _) ? $"{shown} at {url}" : shown, loaded) { Batching = services.Flama.Batching };
            var mapped = ModelMapping.Map(endpoints, pattern, shown, served, services);
            services.Served.Add(served);
            return mapped;
        }
        catch
        {
            (served as IDisposable ?? loaded).Dispose();
            throw;
        }
    }
}
