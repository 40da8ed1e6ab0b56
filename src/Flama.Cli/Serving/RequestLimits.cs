using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Flama.Cli.Serving;

/// <summary>How many requests the server answers at a time and in all. Thread-safe.</summary>
/// <param name="concurrent">How many at a time; null for any number.</param>
/// <param name="total">After how many the server stops; null for never.</param>
/// <param name="lifetime">Stops the server.</param>
internal sealed class RequestLimits(int? concurrent, int? total, IHostApplicationLifetime lifetime)
{
    private const int SecondsToWait = 1;

    private int running;
    private int answered;

    /// <summary>Answers a request, or refuses it with 503.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate inner)
    {
        try
        {
            if (Interlocked.Increment(ref running) > (concurrent ?? int.MaxValue))
            {
                // The error answers give it a body.
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = SecondsToWait.ToString(CultureInfo.InvariantCulture);
                return;
            }

            await inner(context);
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
