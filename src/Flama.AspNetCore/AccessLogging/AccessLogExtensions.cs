using Flama.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Logs the requests of an application.</summary>
public static class AccessLogExtensions
{
    /// <summary>Writes a line for every request that comes through here.</summary>
    /// <param name="app">The application; call this before what it shall log.</param>
    /// <param name="log">Takes the lines; the caller disposes it after the application.</param>
    /// <returns>The same application.</returns>
    public static IApplicationBuilder UseFlamaAccessLog(this IApplicationBuilder app, AccessLog log)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(log);
        return app.Use(next => context => InvokeAsync(context, next, log));
    }

    // A request that is answered without waiting costs no state machine here.
    private static Task InvokeAsync(HttpContext context, RequestDelegate next, AccessLog log)
    {
        var answered = next(context);
        if (!answered.IsCompletedSuccessfully)
        {
            return AwaitAsync(context, answered, log);
        }

        log.Write(context);
        return answered;
    }

    private static async Task AwaitAsync(HttpContext context, Task answered, AccessLog log)
    {
        try
        {
            await answered;
        }
        finally
        {
            log.Write(context);
        }
    }
}
