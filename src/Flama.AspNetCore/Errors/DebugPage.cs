using System.Text;
using System.Text.Encodings.Web;
using Flama.AspNetCore.Pages;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Errors;

/// <summary>One page in the making: headings and tables of text. Every text is encoded, and the page loads nothing.</summary>
internal sealed class DebugPage
{
    // The browser sees to it as well.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Style = """
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
        h1 { margin-bottom: 0; } h2 { border-bottom: 1px solid #8886; margin-top: 2rem; }
        .message { font-size: 1.15rem; margin-top: .3rem; white-space: pre-wrap; }
        table { border-collapse: collapse; } td { padding: .2rem 1.5rem .2rem 0; vertical-align: top; overflow-wrap: anywhere; }
        td, pre, code { font-family: ui-monospace, monospace; font-size: .9rem; } td:first-child { white-space: nowrap; opacity: .75; }
        pre { overflow-x: auto; background: #8881; padding: 1rem; } tr.near td { font-weight: bold; }
        """;

    private readonly StringBuilder html = new();

    /// <summary>Starts a page.</summary>
    public DebugPage(string title, string message)
    {
        html.Append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\"><title>").Append(Encode(title))
            .Append("</title><link rel=\"icon\" href=\"data:,\"><style>").Append(Style).Append("</style></head><body><h1>")
            .Append(Encode(title)).Append("</h1><p class=\"message\">").Append(Encode(message)).Append("</p>");
    }

    public void Heading(string text) => html.Append("<h2>").Append(Encode(text)).Append("</h2>");

    public void Paragraph(string text) => html.Append("<p>").Append(Encode(text)).Append("</p>");

    public void Text(string text) => html.Append("<pre>").Append(Encode(text)).Append("</pre>");

    /// <summary>Appends a table of rows, each of some cells.</summary>
    public void Table(IEnumerable<string[]> rows)
    {
        html.Append("<table>");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            foreach (var cell in row)
            {
                html.Append("<td>").Append(Encode(cell)).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</table>");
    }

    /// <summary>Answers with the page.</summary>
    public Task WriteAsync(HttpContext context, int status)
    {
        var bytes = Encoding.UTF8.GetBytes(html.Append("</body></html>").ToString());
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = bytes.Length;
        PageHeaders.Set(response, Policy);
        response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
