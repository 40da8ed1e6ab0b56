using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Flama.Hosting.Repository;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flama.AspNetCore.Repository;

/// <summary>Finds the model that a path names, has it loaded, and lets it answer; meanwhile it stays in memory. Thread-safe.</summary>
internal sealed class RepositoryDispatch(IEndpointRouteBuilder endpoints, ModelRepository repository, string prefix, HttpServices services)
{
    /// <summary>The segments of the path that name model, version and method.</summary>
    public const string Model = "model", Version = "version", Method = "method";

    private readonly ConditionalWeakTable<RepositoryVersion, VersionRoutes> routes = [];

    /// <summary>What the repository is mapped on.</summary>
    public IEndpointRouteBuilder Endpoints => endpoints;

    /// <summary>The repository.</summary>
    public ModelRepository Repository => repository;

    /// <summary>What answers for a version.</summary>
    public VersionRoutes RoutesOf(RepositoryVersion version) => routes.GetValue(version, key => new VersionRoutes(key, $"{prefix}{key.Model}/", services));

    public Task InspectAsync(HttpContext context) => RunAsync(context, static (routes, _) => routes.InspectAsync);

    public Task PredictAsync(HttpContext context) => RunAsync(context, static (routes, context) => routes.FindMethod(ValueOf(context, Method)!));

    public Task LinesAsync(HttpContext context) => RunAsync(context, static (routes, _) => routes.FindLines());

    public Task SocketAsync(HttpContext context) => RunAsync(context, static (routes, _) => routes.FindSocket());

    /// <summary>Lists the versions of a model.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a request.")]
    public async Task ListAsync(HttpContext context)
    {
        try
        {
            var name = ValueOf(context, Model)!;
            if (!repository.TryGet(name, out var model))
            {
                repository.Get(name, null);
                return;
            }

            await RepositoryJson.RespondAsync(context, json => RepositoryJson.Write(json, model));
        }
        catch (Exception exception)
        {
            await services.Errors.RespondAsync(context, exception);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a request.")]
    private async Task RunAsync(HttpContext context, Func<VersionRoutes, HttpContext, RequestDelegate?> choose)
    {
        RepositoryVersion? entered = null;
        try
        {
            var version = entered = await repository.EnterAsync(ValueOf(context, Model)!, ValueOf(context, Version), context.RequestAborted);
            if (choose(RoutesOf(version), context) is not { } answer)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            await answer(context);
        }
        catch (Exception exception)
        {
            await services.Errors.RespondAsync(context, exception);
        }
        finally
        {
            entered?.Leave();
        }
    }

    private static string? ValueOf(HttpContext context, string name) => context.Request.RouteValues[name] as string;
}
