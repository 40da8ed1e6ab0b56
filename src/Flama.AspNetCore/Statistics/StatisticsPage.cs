using System.Text;
using System.Text.Encodings.Web;
using Flama.AspNetCore.Docs;
using Flama.AspNetCore.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Flama.AspNetCore.Statistics;

/// <summary>Answers browsers with a page that asks for the figures and draws them. It holds none itself, and loads nothing from elsewhere.</summary>
internal sealed class StatisticsPage(string title)
{
    public const string Script = "stats.js", Style = "stats.css";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The files beside the page.</summary>
    public static IReadOnlyList<DocsAsset> Assets { get; } =
    [
        DocsAsset.Own(Script, "text/javascript; charset=utf-8"),
        DocsAsset.Own(Style, "text/css; charset=utf-8"),
    ];

    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";

        // The files are below the path, which may have been written with or without a slash at its end.
        var page = Encoding.UTF8.GetBytes(Render(path.EndsWith('/') ? "" : $"{path[(path.LastIndexOf('/') + 1)..]}/"));
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        PageHeaders.Set(response, Policy);
        response.Headers.Vary = HeaderNames.Accept;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(page, context.RequestAborted);
        }
    }

    private string Render(string below)
    {
        var encode = HtmlEncoder.Default;
        var assets = encode.Encode(Uri.EscapeDataString(below.TrimEnd('/'))) + (below.Length > 0 ? "/" : "");
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Statistics of {encode.Encode(title)}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{assets}{Style}">
            </head>
            <body>
            <header>
            <h1>Statistics of {encode.Encode(title)}</h1>
            <p id="state" role="status">Loading …</p>
            <button id="refresh" type="button">Refresh</button>
            </header>
            <main>
            <form id="key" hidden>
            <label for="secret">Key with the scope inspect</label>
            <input id="secret" type="password" autocomplete="off">
            <button type="submit">Show</button>
            </form>
            <noscript>This page needs JavaScript. The figures are at the same address for clients that accept application/json.</noscript>
            <div id="models"></div>
            </main>
            <script src="{assets}{Script}"></script>
            </body>
            </html>
            """;
    }
}
