using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gives every request an id that its answer, its errors and the logs carry.</summary>
public static class RequestIdExtensions
{
    private const string Header = "X-Request-ID", TimeHeader = "X-Process-Time";
    private const int MaxLength = 128;

    // What can stand in headers and logs as it is.
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+=~");

    /// <summary>
    /// Takes the id of a request from <c>X-Request-ID</c>, or makes one where there is none that is fit (up to 128 of letters, digits and <c>-_.:/+=~</c>). It is the
    /// request's <see cref="HttpContext.TraceIdentifier"/>, the correlation id of errors without a trace, and a header of the answer; <c>X-Process-Time</c> has the seconds
    /// from here to the first byte of the answer.
    /// </summary>
    /// <param name="app">The application; call this before everything that shall know the id.</param>
    /// <returns>The same application.</returns>
    public static IApplicationBuilder UseFlamaRequestIds(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Use(next => context =>
        {
            if (context.Request.Headers[Header] is [{ Length: > 0 and <= MaxLength } given] && given.AsSpan().IndexOfAnyExcept(Allowed) < 0)
            {
                context.TraceIdentifier = given;
            }
            else
            {
                context.TraceIdentifier = Guid.NewGuid().ToString("N");
            }

            // At the start of the answer: an error clears what was set before.
            context.Response.OnStarting(
                static state =>
                {
                    var (answered, start) = ((HttpContext, long))state;
                    answered.Response.Headers[Header] = answered.TraceIdentifier;
                    answered.Response.Headers[TimeHeader] = Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);
                    return Task.CompletedTask;
                },
                (context, Stopwatch.GetTimestamp()));
            return next(context);
        });
    }
}
