using Flama.AspNetCore;
using Flama.AspNetCore.Errors;
using Flama.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Sets up what Flama does over HTTP.</summary>
public static class FlamaHttpExtensions
{
    /// <summary>Sets options of Flama's endpoints, over those of the section <c>Flama:Http</c> of the configuration.</summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The same builder.</returns>
    public static IFlamaBuilder ConfigureHttp(this IFlamaBuilder builder, Action<FlamaHttpOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        FlamaHttpSection.Add(builder).Configure(configure);
        return builder;
    }

    /// <summary>
    /// Gives every error of the application a body as Flama's endpoints have it (<c>application/problem+json</c>): exceptions, and bare statuses such
    /// as 404 and 405. Not needed for Flama's own endpoints, whose errors have bodies anyway.
    /// </summary>
    /// <param name="app">The application; call this before what it shall stand in front of.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called.</exception>
    public static IApplicationBuilder UseFlamaErrors(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var errors = HttpServices.Of(app.ApplicationServices, nameof(UseFlamaErrors)).Errors;
        return app.Use(next => new ErrorMiddleware(next, errors).InvokeAsync);
    }
}
