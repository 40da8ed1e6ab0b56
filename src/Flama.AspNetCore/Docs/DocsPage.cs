using System.Text;
using System.Text.Encodings.Web;
using Flama.AspNetCore.Pages;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Docs;

/// <summary>Answers the path of the interactive page. Everything it loads comes from this application.</summary>
internal sealed class DocsPage(string title, FlamaHttpOptions options)
{
    private const string ContentType = "text/html; charset=utf-8";

    private readonly string docs = options.DocsPath!.TrimEnd('/');
    private readonly string schema = options.SchemaPath!;

    public async Task HandleAsync(HttpContext context)
    {
        var page = Encoding.UTF8.GetBytes(Render(MountOf(context.Request)));
        var response = context.Response;
        response.ContentType = ContentType;
        response.ContentLength = page.Length;
        PageHeaders.Set(response, PageHeaders.OwnScripts);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(page, context.RequestAborted);
        }
    }

    // What stands before the page's own path: the mount point of the application and the prefix of a route group.
    private string MountOf(HttpRequest request)
    {
        var path = request.Path.ToUriComponent().TrimEnd('/');
        var prefix = path.Length > docs.Length ? path[..^docs.Length] : string.Empty;
        return request.PathBase.ToUriComponent() + prefix;
    }

    private string Render(string mount)
    {
        var encode = HtmlEncoder.Default;
        var assets = encode.Encode(mount + docs);
        var document = encode.Encode(mount + schema);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{encode.Encode(title)}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{assets}/{DocsAssets.Style}">
            <link rel="stylesheet" href="{assets}/{DocsAssets.Page}">
            </head>
            <body>
            <div id="swagger-ui" data-schema="{document}"></div>
            <noscript>This page needs JavaScript. The API is described at <a href="{document}">{document}</a>.</noscript>
            <script src="{assets}/{DocsAssets.Bundle}"></script>
            <script src="{assets}/{DocsAssets.Start}"></script>
            </body>
            </html>
            """;
    }
}
