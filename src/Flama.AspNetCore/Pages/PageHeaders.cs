using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Pages;

/// <summary>What a browser is told about a page of this application: where it may load from, who may show it, and what it may tell others.</summary>
internal static class PageHeaders
{
    /// <summary>For pages that load scripts, styles and data of this application only. Swagger UI styles elements in place.</summary>
    public const string OwnScripts =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sets the headers.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="policy">The content security policy.</param>
    public static void Set(HttpResponse response, string policy)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        SetForAsset(response);
    }

    /// <summary>Sets the headers of what a page loads.</summary>
    public static void SetForAsset(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
