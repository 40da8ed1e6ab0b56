using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Predict;
using Flama.Hosting;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Resources;

/// <summary>Answers requests of a resource's own method. Thread-safe.</summary>
/// <param name="route">Where the resource is.</param>
/// <param name="make">Makes the object of a request.</param>
/// <param name="hasModelHeaders">Whether answers name the model.</param>
/// <param name="errors">Answers what failed.</param>
internal sealed class ResourceEndpoint(ModelRoute route, Func<IServiceProvider, ModelResource> make, bool hasModelHeaders, ErrorResponder errors)
{
    /// <summary>What calls the method; set once the framework has made it, which asks for <see cref="ResourceOf"/>.</summary>
    public RequestDelegate Handler { get; set; } = null!;

    /// <summary>The object that a request is answered by.</summary>
    public object ResourceOf(HttpContext context)
    {
        var resource = make(context.RequestServices);
        if (resource is IAsyncDisposable later)
        {
            context.Response.RegisterForDisposeAsync(later);
        }
        else if (resource is IDisposable disposable)
        {
            context.Response.RegisterForDispose(disposable);
        }

        resource.Use(context.Features.Get<LoadedModel>()!);
        return resource;
    }

    public async Task HandleAsync(HttpContext context)
    {
        using var lease = route.Acquire();
        if (hasModelHeaders)
        {
            ModelHeaders.Set(context.Response, lease.Loaded);
        }

        context.Features.Set(lease.Loaded);
        try
        {
            await Handler(context);
        }
        catch (FlamaException failure)
        {
            await errors.RespondAsync(context, failure);
        }
        catch (BadHttpRequestException failure)
        {
            await errors.RespondAsync(context, (Exception?)BindingProblem.Of(failure) ?? failure);
        }
        finally
        {
            context.Features.Set<LoadedModel>(null);
        }
    }
}
