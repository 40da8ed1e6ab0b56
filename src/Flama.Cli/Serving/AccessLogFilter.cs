using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Flama.Cli.Serving;

/// <summary>Puts the access log around everything else, the answers to errors included.</summary>
internal sealed class AccessLogFilter(AccessLog log) : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(inner => context => InvokeAsync(context, inner));
        next(app);
    };

    // A request that is answered without waiting costs no state machine here.
    private Task InvokeAsync(HttpContext context, RequestDelegate inner)
    {
        var answered = inner(context);
        if (!answered.IsCompletedSuccessfully)
        {
            return AwaitAsync(context, answered);
        }

        log.Write(context);
        return answered;
    }

    private async Task AwaitAsync(HttpContext context, Task answered)
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
