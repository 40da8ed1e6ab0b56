using Flama;
using Flama.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds models to an application.</summary>
public static class FlamaServiceCollectionExtensions
{
    /// <summary>Adds what models need, with the managed engines: scikit-learn, XGBoost, LightGBM and CatBoost.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns>A builder: <c>AddFlama().AddModel("churn", "churn.flm")</c>. May be called several times; each call configures the same options.</returns>
    /// <remarks>Nothing of the application's own is changed. Options are checked when the application starts; all failures are reported at once.</remarks>
    public static IFlamaBuilder AddFlama(this IServiceCollection services, Action<FlamaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ServiceType == typeof(HasEngines)))
        {
            services.AddSingleton<HasEngines>();
            services.AddFlamaHosting(options => options.Engines.AddManaged());
        }

        return services.AddFlamaHosting(configure);
    }

    // Says that the engines are in the options: an application may call this, or AddFlamaHosting, before and again.
    private sealed class HasEngines;
}
