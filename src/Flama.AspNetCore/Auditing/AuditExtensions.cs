using Flama;
using Flama.AspNetCore.Auditing;
using Flama.Hosting;
using Flama.Hosting.Auditing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Keeps an audit log of requests.</summary>
public static class AuditExtensions
{
    /// <summary>Adds the log that <see cref="UseFlamaAudit"/> writes. Programs add entries of their own with <see cref="AuditLog.Write"/>.</summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="path">The file, which is gone on with when it is there; null for that of the section <c>Flama:Audit</c> of the configuration, else <c>audit.jsonl</c>.</param>
    /// <param name="configure">Sets further options; null for the defaults.</param>
    /// <returns>The same builder.</returns>
    public static IFlamaBuilder AddFlamaAudit(this IFlamaBuilder builder, string? path = null, Action<AuditOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.BindOptions<AuditOptions>("Audit", static (section, audit) => section.Bind(audit))
            .Configure(options =>
            {
                options.Path = path ?? options.Path;
                configure?.Invoke(options);
            })
            .Validate(options => options.MaxFileBytes >= AuditOptions.LeastFileBytes, $"AuditOptions.MaxFileBytes must be {AuditOptions.LeastFileBytes} or more.");
        builder.Services.TryAddSingleton(static provider => new AuditLog(
            provider.GetRequiredService<IOptions<AuditOptions>>().Value, provider.GetRequiredService<ILogger<AuditLog>>(), provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>
    /// Writes an entry for every request but those for health, refused ones too: time, caller, address, method and path, model and its digest, status, id. Queries,
    /// headers, bodies and answers are not in it.
    /// </summary>
    /// <param name="app">The application; call this before <c>UseFlamaErrors</c>, so that the entry has the status that the caller sees.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException"><see cref="AddFlamaAudit"/> was not called.</exception>
    /// <exception cref="FlamaException">The file cannot be written, or is not an audit log.</exception>
    public static IApplicationBuilder UseFlamaAudit(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var log = app.ApplicationServices.GetService<AuditLog>() ?? throw new InvalidOperationException(
            $"{nameof(UseFlamaAudit)} needs what {nameof(AddFlamaAudit)} adds. Call it before the application is built.");
        return app.Use(next => new RequestAudit(next, log).InvokeAsync);
    }
}
