using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore.Errors;

/// <summary>Pages for a developer's browser: which routes there are, and what was thrown. Only in debug mode.</summary>
internal sealed class DebugPages(IOptions<FlamaOptions> options, EndpointDataSource endpoints)
{
    private const string Style = """
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
        td { padding: .2rem 1rem .2rem 0; vertical-align: top; font-family: monospace; word-break: break-all; }
        pre { overflow-x: auto; background: #f4f4f4; padding: 1rem; }
        """;

    private static readonly string[] Secrets = ["Authorization", "Cookie", "Proxy-Authorization"];

    /// <summary>Whether the request comes from a browser and pages are switched on.</summary>
    public bool Wants(HttpContext context) =>
        options.Value.Debug && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public Task WriteNotFoundAsync(HttpContext context)
    {
        var page = Start("Not found", $"Nothing is served at {context.Request.Path.Value}.");
        page.Append("<h2>Routes</h2><table>");
        var routes = endpoints.Endpoints.OfType<RouteEndpoint>();
        foreach (var endpoint in routes.OrderBy(route => route.RoutePattern.RawText, StringComparer.Ordinal))
        {
            var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
            Row(page, string.Join(", ", methods), endpoint.RoutePattern.RawText ?? "/");
        }

        page.Append("</table>");
        return WriteAsync(context, StatusCodes.Status404NotFound, page);
    }

    public static Task WriteFailureAsync(HttpContext context, Exception exception, string correlationId)
    {
        var page = Start(exception.GetType().Name, exception.Message);
        page.Append("<p>Correlation id <code>").Append(Encode(correlationId)).Append("</code></p><h2>Exception</h2><pre>");
        page.Append(Encode(exception.ToString())).Append("</pre>");
        return WriteAsync(context, StatusCodes.Status500InternalServerError, page);
    }

    private static StringBuilder Start(string title, string message) => new StringBuilder()
        .Append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(Encode(title))
        .Append("</title><link rel=\"icon\" href=\"data:,\"><style>").Append(Style).Append("</style></head><body><h1>")
        .Append(Encode(title)).Append("</h1><p>").Append(Encode(message)).Append("</p>");

    private static void Row(StringBuilder page, string name, string value) =>
        page.Append("<tr><td>").Append(Encode(name)).Append("</td><td>").Append(Encode(value)).Append("</td></tr>");

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static Task WriteAsync(HttpContext context, int status, StringBuilder page)
    {
        var request = context.Request;
        page.Append("<h2>Request</h2><table>");
        Row(page, "Method", request.Method);
        Row(page, "Path", $"{request.PathBase.Value}{request.Path.Value}");
        Row(page, "Query", request.QueryString.ToString());
        foreach (var header in request.Headers)
        {
            Row(page, header.Key, Secrets.Contains(header.Key, StringComparer.OrdinalIgnoreCase) ? "(hidden)" : header.Value.ToString());
        }

        var bytes = Encoding.UTF8.GetBytes(page.Append("</table></body></html>").ToString());
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
