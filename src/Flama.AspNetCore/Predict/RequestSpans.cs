using System.Diagnostics;
using Flama.Hosting.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Predict;

/// <summary>The spans of one request: <c>flama.read</c>, <c>flama.predict</c> and <c>flama.write</c> below that of the request. Null where no one listens.</summary>
internal static class RequestSpans
{
    public const string Read = "flama.read", Write = "flama.write";

    private const string Request = "flama.request";

    /// <summary>The span that the others are in, where ASP.NET Core has made none: it continues the caller's trace (W3C Trace Context).</summary>
    public static Activity? StartRequest(HttpContext context)
    {
        var source = FlamaDiagnostics.Activities;
        if (!source.HasListeners() || Activity.Current is not null)
        {
            return null;
        }

        var headers = context.Request.Headers;
        return ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var parent)
            ? source.StartActivity(Request, ActivityKind.Server, parent)
            : source.StartActivity(Request, ActivityKind.Server);
    }

    /// <summary>A part of the request.</summary>
    public static Activity? Start(string name) => FlamaDiagnostics.Activities.StartActivity(name);
}
