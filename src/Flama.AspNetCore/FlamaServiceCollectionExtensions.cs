using Flama.AspNetCore;
using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Docs;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.OpenApi;
using Flama.AspNetCore.Predict;
using Flama.AspNetCore.Streaming;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the services that serve models.</summary>
public static class FlamaServiceCollectionExtensions
{
    /// <summary>
    /// Adds what serving models needs, and puts the answers to errors in front of the application's pipeline. May be called several times;
    /// each call configures the same options.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns>The same services.</returns>
    /// <remarks>Options are checked when the application starts or the first model is mapped, whichever is first; a value out of range is a
    /// <see cref="Flama.FlamaException"/> with <see cref="Flama.ErrorCodes.InvalidOption"/>.</remarks>
    public static IServiceCollection AddFlama(this IServiceCollection services, Action<FlamaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<FlamaOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(ServedModels)))
        {
            return services;
        }

        options.ValidateOnStart();
        services.AddSingleton<IValidateOptions<FlamaOptions>, FlamaOptionsValidator>();
        services.AddSingleton<IStartupFilter, ErrorStartupFilter>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PooledBuffers>();
        services.AddSingleton<ServedModels>();
        services.AddSingleton<IActionDescriptorChangeProvider>(provider => provider.GetRequiredService<ServedModels>());
        services.AddSingleton<DebugPages>();
        services.AddSingleton<ErrorResponder>();
        services.AddSingleton<PredictRequestReader>();
        services.AddSingleton<PredictResponseWriter>();
        services.AddSingleton<PredictServices>();
        services.AddSingleton<StreamServices>();
        services.AddSingleton<SchemaDocument>();
        services.AddSingleton<DocsAssets>();
        services.AddFlamaOpenApi();
        return services;
    }
}
