using Flama;
using Flama.Hosting;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds models to an application.</summary>
public static class FlamaServiceCollectionExtensions
{
    /// <summary>Adds what models need, with the managed engines: scikit-learn, XGBoost, LightGBM and CatBoost.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns>A builder: <c>AddFlama().AddModel("churn", "churn.flm")</c>. May be called several times; each call configures the same options.</returns>
    /// <remarks>
    /// Nothing of the application's own is changed. Options begin with what the section <c>Flama</c> of the application's configuration says, models of <c>Flama:Models</c> are added; what is
    /// set in code comes on top. Options are checked when the application starts; all failures are reported at once.
    /// </remarks>
    public static IFlamaBuilder AddFlama(this IServiceCollection services, Action<FlamaOptions>? configure = null) =>
        services.AddManaged().AddFlamaHosting(configure);

    /// <summary>The same for an application whose options are in another section of its configuration than <c>Flama</c>.</summary>
    /// <inheritdoc cref="AddFlama(IServiceCollection, Action{FlamaOptions}?)"/>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The section, with the options of features and models below it.</param>
    /// <param name="configure">Sets options, over those of the section; null for none.</param>
    public static IFlamaBuilder AddFlama(this IServiceCollection services, IConfiguration section, Action<FlamaOptions>? configure = null) =>
        services.AddManaged().AddFlamaHosting(section, configure);

    private static IServiceCollection AddManaged(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(HasEngines)))
        {
            return services;
        }

        services.AddSingleton<HasEngines>();

        // Models of the configuration, whose names are not known yet.
        services.AddKeyedSingleton(KeyedService.AnyKey, static (provider, key) => provider.GetRequiredService<ServedModels>()[(string)key!]);
        return services.Configure<FlamaOptions>(static options => options.Engines.AddManaged());
    }

    // Says that the engines are in the options: an application may call this, or AddFlamaHosting, before and again.
    private sealed class HasEngines;
}
