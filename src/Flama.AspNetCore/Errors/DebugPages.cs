using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.AspNetCore.Errors;

/// <summary>Pages for a developer's browser: which routes there are, and what was thrown. Only in debug mode.</summary>
internal sealed class DebugPages(FlamaHttpOptions options, IServiceProvider host)
{
    private const int DeepestCause = 10;

    /// <summary>Whether the request comes from a browser and pages are switched on.</summary>
    public bool Wants(HttpContext context) =>
        options.Debug && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public Task WriteNotFoundAsync(HttpContext context)
    {
        DebugPage page = new("Not found", $"Nothing is served at {context.Request.Path.Value}.");
        page.Heading("Routes");
        page.Table(Routes());
        AddRequest(page, context);
        return page.WriteAsync(context, StatusCodes.Status404NotFound);
    }

    public static Task WriteFailureAsync(HttpContext context, Exception exception, string correlationId)
    {
        DebugPage page = new(exception.GetType().Name, exception.Message);
        page.Paragraph($"Correlation id {correlationId}");
        var cause = exception;
        for (var depth = 0; cause is not null && depth < DeepestCause; depth++, cause = cause.InnerException)
        {
            page.Heading(depth == 0 ? "Frames" : $"Caused by {cause.GetType().FullName}: {cause.Message}");
            page.Table(DebugFrames.Of(cause));
        }

        page.Heading("Exception");
        page.Text(exception.ToString());
        AddRequest(page, context);
        page.Heading("Environment");
        page.Table(DebugEnvironment.Process());
        page.Heading("Variables");
        page.Table(DebugEnvironment.Variables());
        return page.WriteAsync(context, StatusCodes.Status500InternalServerError);
    }

    private IEnumerable<string[]> Routes() => host.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .OrderBy(route => route.RoutePattern.RawText, StringComparer.Ordinal)
        .Select(endpoint => new[]
        {
            string.Join(", ", endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []),
            endpoint.RoutePattern.RawText ?? "/",
            endpoint.DisplayName ?? "",
        });

    private static void AddRequest(DebugPage page, HttpContext context)
    {
        var request = context.Request;
        page.Heading("Request");
        page.Table(
        [
            ["Method", request.Method],
            ["Path", $"{request.PathBase.Value}{request.Path.Value}"],
            ["Protocol", $"{request.Scheme}, {request.Protocol}"],
            ["Client", string.Create(CultureInfo.InvariantCulture, $"{context.Connection.RemoteIpAddress}:{context.Connection.RemotePort}")],
            ["Endpoint", context.GetEndpoint()?.DisplayName ?? "none"],
        ]);
        AddNamed(page, "Query", request.Query.Select(pair => (pair.Key, pair.Value.ToString())));
        AddNamed(page, "Headers", request.Headers.Select(pair => (pair.Key, pair.Value.ToString())));
    }

    private static void AddNamed(DebugPage page, string heading, IEnumerable<(string Name, string Value)> values)
    {
        var rows = values.Select(pair => new[] { pair.Name, DebugSecrets.Show(pair.Name, pair.Value) }).ToList();
        if (rows.Count > 0)
        {
            page.Heading(heading);
            page.Table(rows);
        }
    }
}
