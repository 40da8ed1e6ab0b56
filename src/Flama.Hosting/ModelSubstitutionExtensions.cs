using Flama.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts other models in the place of an application's own.</summary>
public static class ModelSubstitutionExtensions
{
    /// <summary>
    /// Makes a model of an application otherwise than by loading its file, which need not exist: a stand-in for tests, or a model that is made in memory. The model keeps its name, its path, its
    /// endpoints and its checks; its file is not watched.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The name of a model that <c>AddModel</c>, the configuration or a model resource has. One that no model has is without effect.</param>
    /// <param name="make">Makes the model, once or at each reload; what it returns ends with the application or when another takes its place. The last that was added for a name counts.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection SubstituteModel(this IServiceCollection services, string name, Func<LoadedModel> make)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(make);
        return services.AddSingleton(new ModelSubstitution(name, make));
    }
}
