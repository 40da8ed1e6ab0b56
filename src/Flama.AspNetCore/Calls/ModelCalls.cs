using System.Runtime.CompilerServices;
using Flama.AspNetCore.Inspect;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.OpenApi;
using Flama.AspNetCore.Predict;
using Flama.AspNetCore.Repository;
using Flama.Hosting;
using Flama.Hosting.Repository;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.AspNetCore.Calls;

/// <summary>
/// The models of an application for protocols beside plain HTTP: what there is at this moment, and calls that pass keys, gate, limits, cache, log and metrics as requests do. Thread-safe.
/// </summary>
/// <remarks>Models need not be mapped for it. Of a model with versions it is the default.</remarks>
internal sealed class ModelCalls
{
    private readonly HttpServices services;
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

    /// <summary>Whether the caller of a request may do something with a model.</summary>
    public ValueTask<bool> AllowsAsync(HttpContext context, string policy, string model) => services.Keys.AllowsAsync(context, policy, model);

    /// <summary>Calls a method within a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="model">The model.</param>
    /// <param name="method">The method.</param>
    /// <param name="body">What would be posted to it, JSON.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<InnerAnswer> CallAsync(HttpContext context, CalledModel model, CalledMethod method, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        InnerCall.AskAsync(
            context, method.Endpoint, new(model.Place) { [RepositoryDispatch.Method] = method.Name }, method.Query, body, services.Options.RequestTimeout, cancellationToken);

    /// <summary>Shows a model within a request.</summary>
    public static Task<InnerAnswer> InspectAsync(HttpContext context, CalledModel model, CancellationToken cancellationToken) =>
        InnerCall.AskAsync(context, model.Inspect, model.Place, "", default, null, cancellationToken);

    private CalledModel Describe(ServedModel served)
    {
        ModelRoute route = new($"/{served.Name}/", served.Name, served);
        RequestDelegate inspect = new InspectEndpoint(route, hasModelHeaders: false, services.Flama.HidesInternals).HandleAsync;
        if (!served.IsLoaded)
        {
            return Unknown(served.Name, [], inspect, new PredictEndpoint(route, ModelMethod.Predict, 0, services.Flama.MaxDegreeOfParallelism, services.Predict).HandleAsync);
        }

        using var lease = served.Acquire();
        var found = methods.GetValue(
            lease.Loaded,
            loaded => Describe(loaded, (name, index) => new PredictEndpoint(route, name, index, services.Flama.MaxDegreeOfParallelism, services.Predict).HandleAsync));
        return new(served.Name, TitleOf(lease.Loaded), lease.Loaded.Identity.Id, lease.Loaded.Identity.Version, [], inspect, found);
    }

    private CalledModel Describe(RepositoryDispatch dispatch, RepositoryVersion version)
    {
        RouteValueDictionary place = new() { [RepositoryDispatch.Model] = version.Model };
        if (!version.TryEnter())
        {
            return known.TryGetValue(version, out var before) ? before : Unknown(version.Model, place, dispatch.InspectAsync, dispatch.PredictAsync);
        }

        try
        {
            using var lease = version.Served.Acquire();
            CalledModel model = new(
                version.Model, TitleOf(lease.Loaded), lease.Loaded.Identity.Id, lease.Loaded.Identity.Version, place, dispatch.InspectAsync, methods.GetValue(lease.Loaded, loaded => Describe(loaded, (_, _) => dispatch.PredictAsync)));
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

    private static CalledModel Unknown(string name, RouteValueDictionary place, RequestDelegate inspect, RequestDelegate predict) => new(
        name,
        "the model",
        null,
        null,
        place,
        inspect,
        [new(ModelMethod.Predict, "Predict", "The model is loaded at the first call; then its other methods and what it takes are listed too.", CallSchemas.UnknownInput, null, "", predict)]);

    private string TitleOf(LoadedModel loaded) => services.Flama.HidesInternals ? "the model" : loaded.Model.Metadata.ModelClass;
}
