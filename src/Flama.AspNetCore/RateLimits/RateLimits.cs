using System.Globalization;
using Flama.AspNetCore.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Flama.AspNetCore.RateLimits;

/// <summary>Refuses requests of callers who have sent too many. Thread-safe.</summary>
internal sealed class RateLimits(RequestDelegate next, RateLimitOptions options, RateCounter counter, KeyProtection keys)
{
    private readonly string limit = options.Requests.ToString(CultureInfo.InvariantCulture);
    private readonly string policy = string.Create(CultureInfo.InvariantCulture, $"{options.Requests};w={Math.Ceiling(options.Window.TotalSeconds):0}");

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is null ? LimitAsync(context) : next(context);

    private async Task LimitAsync(HttpContext context)
    {
        var caller = keys.FindKey(context) is { } key ? CallerHash.Of(key) : await keys.FindCallerAsync(context) is { } user ? CallerHash.Of(user) : null;
        var decision = await counter.DecideAsync(caller ?? CallerHash.Of(context.Connection.RemoteIpAddress));
        context.Response.OnStarting(static state => ((Headers)state).Set(), new Headers(this, context.Response, decision));
        if (decision.IsAllowed)
        {
            await next(context);
            return;
        }

        // The error answers give it a body.
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = decision.Seconds.ToString(CultureInfo.InvariantCulture);
    }

    // At the start of the answer: an error clears what was set before.
    private sealed class Headers(RateLimits limits, HttpResponse response, RateDecision decision)
    {
        public Task Set()
        {
            var headers = response.Headers;
            headers["RateLimit-Limit"] = limits.limit;
            headers["RateLimit-Remaining"] = Math.Max(0, decision.Left).ToString(CultureInfo.InvariantCulture);
            headers["RateLimit-Reset"] = decision.Seconds.ToString(CultureInfo.InvariantCulture);
            headers["RateLimit-Policy"] = limits.policy;
            return Task.CompletedTask;
        }
    }
}
