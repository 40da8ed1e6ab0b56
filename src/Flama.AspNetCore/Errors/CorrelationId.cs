using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Errors;

/// <summary>What connects an answer, the log and a trace.</summary>
internal static class CorrelationId
{
    /// <summary>The trace of the request: the one at hand, else the one that the caller names (W3C <c>traceparent</c>); else the request's own id.</summary>
    public static string Of(HttpContext context)
    {
        if (Activity.Current is { } activity)
        {
            return activity.TraceId.ToHexString();
        }

        return context.Request.Headers.TraceParent is [{ } parent] && ActivityContext.TryParse(parent, null, out var given)
            ? given.TraceId.ToHexString()
            : context.TraceIdentifier;
    }
}
