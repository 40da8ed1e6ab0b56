using Flama.AspNetCore.Logging;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Logging;

/// <summary>Logs in the layout of <c>flama serve</c>, by a log configuration in Python's shape where there is one.</summary>
public static class FlamaLoggingExtensions
{
    /// <summary>Adds the logs of a routing and what it says of levels; other logs stay. Call <c>ClearProviders</c> before to have no others.</summary>
    /// <param name="builder">The application's logging.</param>
    /// <param name="routing">Where messages go, and how they are written; null for <see cref="LogRouting.Default"/>.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Requests are not part of it: give <see cref="LogRouting.Access"/> to access logs, see <c>UseFlamaAccessLog</c>.</remarks>
    /// <exception cref="Flama.FlamaException">A file cannot be written.</exception>
    /// <example>
    /// <code>
    /// builder.Logging.ClearProviders().AddFlamaLog(LogRouting.Read("logging.yaml"));
    /// </code>
    /// </example>
    public static ILoggingBuilder AddFlamaLog(this ILoggingBuilder builder, LogRouting? routing = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        routing ??= LogRouting.Default;
        foreach (var provider in routing.CreateProviders())
        {
            // By a factory, so that the container disposes it.
            builder.Services.AddSingleton<ILoggerProvider>(_ => provider);
        }

        builder.SetMinimumLevel(routing.Minimum);
        foreach (var (category, level) in routing.Categories)
        {
            builder.AddFilter(category, level);
        }

        return builder;
    }
}
