using System.Runtime.CompilerServices;
using Flama.AspNetCore.Admission;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Inspect;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.OpenApi;
using Flama.AspNetCore.Predict;
using Flama.AspNetCore.Repository;
using Flama.Hosting;
using Flama.Hosting.Repository;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.AspNetCore.Calls;

/// <summary>
/// The models of an application for protocols beside plain HTTP: what there is at this moment, and calls that pass the
/// authorization and filters of the model's own endpoints, and keys, gate, limits, cache, log and metrics as requests do. Thread-safe.
/// </summary>
/// <remarks>Models need not be mapped for it; of one that is, there are the methods that are mapped. Of a model with versions it is the default.</remarks>
internal sealed class ModelCalls
{
    private readonly HttpServices services;
    private readonly MappedEndpoints mapped;
    private readonly RepositoryDispatch[] repositories;

    // A model that was replaced takes its description with it.
    private readonly ConditionalWeakTable<LoadedModel, IReadOnlyList<CalledMethod>> methods = [];

    // What was loaded once and was unloaded since.
    private readonly ConditionalWeakTable<RepositoryVersion, CalledModel> known = [];

    /// <summary>Looks at the models of an application from now on.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="services">What all endpoints share.</param>
    public ModelCalls(IEndpointRouteBuilder endpoints, HttpServices services)
    {
        this.services = services;
        mapped = new(services, endpoints.ServiceProvider.GetRequiredService<EndpointDataSource>());
        repositories =
        [
            .. endpoints.ServiceProvider.GetServices<ModelRepository>()
                .Select(repository => new RepositoryDispatch(endpoints, repository, ModelUrl.Normalize(repository.Options.Url), services)),
        ];
        foreach (var served in services.Served.Models)
        {
            served.Replaced += (_, _) => Changed?.Invoke();
        }

        services.Served.Added += added =>
        {
            added.Replaced += (_, _) => Changed?.Invoke();
            Changed?.Invoke();
        };
        foreach (var dispatch in repositories)
        {
            dispatch.Repository.Changed += () => Changed?.Invoke();
        }
    }

    /// <summary>Called when models have come, gone or been replaced, or are loaded for the first time.</summary>
    public Action? Changed { get; set; }

    /// <summary>The models of this moment; none is loaded for it.</summary>
    public IReadOnlyList<CalledModel> List() =>
    [
        .. services.Served.Models.Select(Describe),
        .. repositories.SelectMany(dispatch => dispatch.Repository.Models.Where(model => model.Default is not null).Select(model => Describe(dispatch, model.Default!))),
    ];

    /// <summary>Whether the caller of a request may call a method.</summary>
    /// <param name="context">The request.</param>
    /// <param name="model">The model.</param>
    /// <param name="method">The method; null for seeing the model.</param>
    public async ValueTask<bool> AllowsAsync(HttpContext context, CalledModel model, CalledMethod? method) => (await FindAsync(context, model, method)).Way is not null;

    /// <summary>Calls a method within a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="model">The model.</param>
    /// <param name="method">The method.</param>
    /// <param name="body">What would be posted to it, JSON.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The answer: a bare 403 for a caller that may not call it, and 404 where the application does not map it.</returns>
    public Task<InnerAnswer> CallAsync(HttpContext context, CalledModel model, CalledMethod method, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        AskAsync(context, model, method, body, cancellationToken);

    /// <summary>Shows a model within a request.</summary>
    /// <returns>The answer, as that of <see cref="CallAsync"/>.</returns>
    public Task<InnerAnswer> InspectAsync(HttpContext context, CalledModel model, CancellationToken cancellationToken) => AskAsync(context, model, null, default, cancellationToken);

    private async Task<InnerAnswer> AskAsync(HttpContext context, CalledModel model, CalledMethod? method, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var (status, way) = await FindAsync(context, model, method);
        if (way is null)
        {
            return new(status, default);
        }

        // The server and the middleware of the framework keep an endpoint to its limits; neither sees this request.
        var (most, time) = way.Endpoint is { } own
            ? (own.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize, RequestTimeouts.Of(own, context.RequestServices))
            : (null, method is null ? null : services.Options.RequestTimeout);
        if (body.Length > most)
        {
            way = way with { Answer = inner => services.Errors.RespondAsync(inner, ErrorResponder.TooLarge(most.Value)) };
        }

        return await InnerCall.AskAsync(context, way, PlaceOf(model, method), method?.Query ?? "", body, time, cancellationToken);
    }

    private async ValueTask<(int Status, InnerWay? Way)> FindAsync(HttpContext context, CalledModel model, CalledMethod? method)
    {
        if (!mapped.Has(model.Origin))
        {
            return await services.Keys.AllowsAsync(context, method is null ? ApiKeyDefaults.InspectPolicy : ApiKeyDefaults.PredictPolicy, model.Name)
                ? (StatusCodes.Status200OK, new(method?.Endpoint ?? model.Inspect, null, context.User))
                : (StatusCodes.Status403Forbidden, null);
        }

        var status = StatusCodes.Status404NotFound;
        foreach (var endpoint in mapped.Of(model.Origin, method?.Name))
        {
            if (await EndpointCaller.FindAsync(context, endpoint, PlaceOf(model, method)) is { } caller)
            {
                return (StatusCodes.Status200OK, new(endpoint.RequestDelegate!, endpoint, caller));
            }

            status = StatusCodes.Status403Forbidden;
        }

        return (status, null);
    }

    private static RouteValueDictionary PlaceOf(CalledModel model, CalledMethod? method) => method is null ? model.Place : new(model.Place) { [RepositoryDispatch.Method] = method.Name };

    private CalledModel Describe(ServedModel served)
    {
        ModelRoute route = new($"/{served.Name}/", served.Name, served);
        RequestDelegate inspect = new InspectEndpoint(route, hasModelHeaders: false, services.Flama.HidesInternals).HandleAsync;
        if (!served.IsLoaded)
        {
            return Unknown(served.Name, served, [], inspect, new PredictEndpoint(route, ModelMethod.Predict, 0, services.Flama.MaxDegreeOfParallelism, services.Predict).HandleAsync);
        }

        using var lease = served.Acquire();
        var found = methods.GetValue(
            lease.Loaded,
            loaded => Describe(loaded, (name, index) => new PredictEndpoint(route, name, index, services.Flama.MaxDegreeOfParallelism, services.Predict).HandleAsync));
        return new(served.Name, TitleOf(lease.Loaded), lease.Loaded.Identity.Id, lease.Loaded.Identity.Version, served, [], inspect, found);
    }

    private CalledModel Describe(RepositoryDispatch dispatch, RepositoryVersion version)
    {
        RouteValueDictionary place = new() { [RepositoryDispatch.Model] = version.Model };
        if (!version.TryEnter())
        {
            return known.TryGetValue(version, out var before) ? before : Unknown(version.Model, dispatch.Repository, place, dispatch.InspectAsync, dispatch.PredictAsync);
        }

        try
        {
            using var lease = version.Served.Acquire();
            CalledModel model = new(
                version.Model,
                TitleOf(lease.Loaded),
                lease.Loaded.Identity.Id,
                lease.Loaded.Identity.Version,
                dispatch.Repository,
                place,
                dispatch.InspectAsync,
                methods.GetValue(lease.Loaded, loaded => Describe(loaded, (_, _) => dispatch.PredictAsync)));
            known.AddOrUpdate(version, model);
            return model;
        }
        finally
        {
            version.Leave();
        }
    }

    private CalledMethod[] Describe(LoadedModel loaded, Func<string, int, RequestDelegate> endpoint) =>
    [
        .. loaded.Model.Methods.Select((method, index) =>
        {
            var (summary, description) = MethodText.Of(TitleOf(loaded), method);
            return new CalledMethod(
                method.Name, summary, description, CallSchemas.Input(method.Input), CallSchemas.Output(loaded, method), CallSchemas.QueryOf(loaded, method), endpoint(method.Name, index));
        }),
    ];

    private static CalledModel Unknown(string name, object origin, RouteValueDictionary place, RequestDelegate inspect, RequestDelegate predict) => new(
        name,
        "the model",
        null,
        null,
        origin,
        place,
        inspect,
        [new(ModelMethod.Predict, "Predict", "The model is loaded at the first call; then its other methods and what it takes are listed too.", CallSchemas.UnknownInput, null, "", predict)]);

    private string TitleOf(LoadedModel loaded) => services.Flama.HidesInternals ? "the model" : loaded.Model.Metadata.ModelClass;
}
