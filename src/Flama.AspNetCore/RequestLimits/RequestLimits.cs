using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Flama.AspNetCore.RequestLimits;

/// <summary>Counts requests, refuses those above a limit, and stops the application after the last one. Thread-safe.</summary>
internal sealed class RequestLimits(RequestDelegate next, RequestLimitOptions options, IHostApplicationLifetime lifetime)
{
    private const int SecondsToWait = 1;

    private readonly int concurrent = options.MaxConcurrentRequests ?? int.MaxValue;
    private readonly long total = options.MaxRequests ?? long.MaxValue;
    private int running;
    private long answered;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            if (Interlocked.Increment(ref running) > concurrent)
            {
                // The error answers give it a body.
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = SecondsToWait.ToString(CultureInfo.InvariantCulture);
                return;
            }

            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref running);
            if (Interlocked.Increment(ref answered) == total)
            {
                lifetime.StopApplication();
            }
        }
    }
}
