using System.Diagnostics.CodeAnalysis;
using Flama;
using Flama.AspNetCore;
using Flama.AspNetCore.Resources;
using Flama.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps models with methods of an application's own.</summary>
public static class ModelResourceExtensions
{
    /// <summary>
    /// Maps a resource: the built-ins of its model (<c>GET</c> of the path shows metadata, <c>POST</c> of <c>{path}{method}/</c> runs a method, <c>{path}stream/</c> predicts while rows
    /// still arrive) unless it leaves them out or has its own, and the methods with <see cref="ResourceMethodAttribute"/>.
    /// </summary>
    /// <typeparam name="TResource">The resource's class.</typeparam>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="pattern">The path; <c>/</c> is the root, and a slash at the end makes no difference.</param>
    /// <returns>The resource's endpoints, to add conventions to all of them.</returns>
    /// <exception cref="FlamaException">
    /// The model cannot be loaded or has no artifact that the class requires, a method cannot answer requests, or the path is taken: each message names class, method or file.
    /// </exception>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    /// <remarks>Where the application asks for keys, own methods want the scope <c>predict</c>, unless class or method has <c>Authorize</c> or <c>AllowAnonymous</c>.</remarks>
    [RequiresUnreferencedCode(ResourceMapping.Reason)]
    [RequiresDynamicCode(ResourceMapping.Reason)]
    public static IEndpointConventionBuilder MapModelResource<[DynamicallyAccessedMembers(ResourceMapping.Members)] TResource>(this IEndpointRouteBuilder endpoints, string pattern)
        where TResource : ModelResource
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var services = HttpServices.Of(endpoints.ServiceProvider, nameof(MapModelResource));
        var factory = ActivatorUtilities.CreateFactory<TResource>([]);
        var scope = endpoints.ServiceProvider.CreateAsyncScope();
        TResource? shown = null;
        try
        {
            shown = Make(factory, scope.ServiceProvider);
            return new ResourceMapping(typeof(TResource), provider => factory(provider, null), shown, services).Map(endpoints, pattern, ModelOf(shown, services, endpoints.ServiceProvider));
        }
        finally
        {
            // Mapping is no place to wait, but services may have no other end.
            End(shown);
            End(scope);
        }
    }

    private static void End(object? used)
    {
        if (used is IAsyncDisposable later)
        {
            later.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        else
        {
            (used as IDisposable)?.Dispose();
        }
    }

    private static TResource Make<TResource>(ObjectFactory<TResource> factory, IServiceProvider provider)
        where TResource : ModelResource
    {
        try
        {
            return factory(provider, null);
        }
        catch (InvalidOperationException failure)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption, $"'{typeof(TResource).Name}' cannot be made: {failure.Message}", "Register what its constructor asks for, by builder.Services.", failure);
        }
    }

    private static ServedModel ModelOf(ModelResource shown, HttpServices services, IServiceProvider host)
    {
        if (shown.ModelPath is not { } path)
        {
            return services.Served.TryGet(shown.Name, out var added) ? added : throw new FlamaException(
                ErrorCodes.InvalidOption,
                $"'{shown.GetType().Name}' has no model: it has no {nameof(ModelResource.ModelPath)}, and there is no model of the name '{shown.Name}'.",
                $"Override {nameof(ModelResource.ModelPath)}, or add the model by AddFlama().AddModel(\"{shown.Name}\", path).");
        }

        var file = Find(path, host.GetRequiredService<IHostEnvironment>().ContentRootPath);
        var substitution = ModelSubstitution.Find(host.GetServices<ModelSubstitution>(), shown.Name);
        ServedModel made = new(
            services.Served.TryGet(shown.Name, out _) ? $"{shown.Name} ({path})" : shown.Name,
            file,
            cancellation => substitution is not null ? substitution.Make() : LoadedModel.Open(file, services.Flama.Engines, new LoadOptions { CancellationToken = cancellation }).WithDigest(file))
        {
            Updates = services.Flama.Updates,
            Batching = services.Flama.Batching,
        };
        try
        {
            made.Acquire().Dispose();
            services.Served.Add(made);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    // Where the program was put, or where it is developed.
    private static string Find(string path, string contentRoot)
    {
        string[] places = [Path.Combine(contentRoot, path), Path.Combine(AppContext.BaseDirectory, path)];
        return Array.Find(places, place => File.Exists(place) || Directory.Exists(place)) ?? places[0];
    }
}
