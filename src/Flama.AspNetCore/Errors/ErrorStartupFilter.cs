using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Flama.AspNetCore.Errors;

/// <summary>Puts <see cref="ErrorMiddleware"/> in front of the application's own pipeline, so that no call is needed for it.</summary>
internal sealed class ErrorStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<ErrorMiddleware>();
        next(app);
    };
}
