using Flama;
using Flama.Hosting;
using Flama.Hosting.Configuration;
using Flama.Hosting.Health;
using Flama.Hosting.Reloading;
using Flama.Hosting.Repository;
using Flama.Hosting.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds models to an application.</summary>
public static class FlamaHostingExtensions
{
    /// <summary>The name of the health check.</summary>
    public const string HealthCheckName = "flama";

    /// <summary>Adds what models need, without any engine; the package <c>Flama</c> has <c>AddFlama</c>, which adds the managed engines.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns>A builder for models and features. May be called several times; each call configures the same options.</returns>
    /// <remarks>Options begin with what the section <c>Flama</c> of the application's configuration says. They are checked when the application starts; all failures are reported at once.</remarks>
    public static IFlamaBuilder AddFlamaHosting(this IServiceCollection services, Action<FlamaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var isFirst = !services.Any(service => service.ServiceType == typeof(ServedModels));
        var options = services.AddOptions<FlamaOptions>();
        if (isFirst)
        {
            services.TryAddSingleton(static provider => new FlamaConfiguration(provider.GetService<IConfiguration>()?.GetSection(FlamaConfiguration.DefaultSection)));
            services.AddSingleton<IConfigureOptions<FlamaOptions>, FlamaSection>();
            options.ValidateOnStart();
            services.AddSingleton<IValidateOptions<FlamaOptions>, FlamaOptionsValidator>();
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton(static provider =>
            {
                foreach (var before in provider.GetServices<BeforeModels>())
                {
                    before.Start(provider);
                }

                return ModelCatalog.Make(
                    provider.GetRequiredService<ModelRegistrations>().All,
                    provider.GetRequiredService<IOptions<FlamaOptions>>(),
                    [.. provider.GetServices<ModelSubstitution>()],
                    provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance);
            });
            services.AddSingleton<ModelRegistrations>();
            services.AddSingleton<ModelCatalog>();
            services.AddSingleton<HealthProbe>();
            services.AddSingleton<ModelHealthCheck>();
            services.AddSingleton(static provider => new HealthListener(
                provider.GetRequiredService<HealthProbe>(), provider.GetRequiredService<IOptions<FlamaOptions>>(), provider.GetRequiredService<ILogger<HealthListener>>()));
            services.AddHostedService(static provider => provider.GetRequiredService<HealthListener>());
            services.AddHostedService<StopDelay>();
            services.AddHostedService<ModelStartup>();
            services.AddHostedService<ModelReloadService>();
            services.AddHostedService<UnusedSections>();

            // Seen by MapHealthChecks of the application; registers nothing else of the health checks' own.
            services.Configure<HealthCheckServiceOptions>(health => health.Registrations.Add(
                new HealthCheckRegistration(HealthCheckName, provider => provider.GetRequiredService<ModelHealthCheck>(), failureStatus: null, tags: ["flama", "ready"])));
        }

        if (configure is not null)
        {
            options.Configure(configure);
        }

        return new FlamaBuilder(services);
    }

    /// <summary>The same for an application whose options are in another section of its configuration than <c>Flama</c>.</summary>
    /// <inheritdoc cref="AddFlamaHosting(IServiceCollection, Action{FlamaOptions}?)"/>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The section, with the options of features and models below it.</param>
    /// <param name="configure">Sets options, over those of the section; null for none.</param>
    public static IFlamaBuilder AddFlamaHosting(this IServiceCollection services, IConfiguration section, Action<FlamaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.Replace(ServiceDescriptor.Singleton(new FlamaConfiguration(section)));
        return services.AddFlamaHosting(configure);
    }

    /// <summary>Adds a model by its name, loaded when the application starts, or at its first use before that.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is also the key of the <see cref="ServedModel"/> in dependency injection and the path of its endpoints.</param>
    /// <param name="path">The file or directory: a package (<c>.flm</c>) or a framework's own; a relative path is one from the current directory, else from the program's folder.</param>
    /// <param name="configure">Sets the model's options; null for the defaults.</param>
    /// <returns>The same builder.</returns>
    public static IFlamaBuilder AddModel(this IFlamaBuilder builder, string name, string path, Action<ServedModelOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrEmpty(path);
        builder.Services.AddSingleton(new ModelAddition(name, path, configure));
        builder.Services.AddKeyedSingleton(name, static (provider, key) => provider.GetRequiredService<ServedModels>()[(string)key!]);
        return builder;
    }

    /// <summary>
    /// Adds a directory of models, here or in a store of objects: <c>name/model.flm</c>, or <c>name/VERSION/model.flm</c> with versions side by side; each is loaded when it is first asked for. Other formats
    /// and names of files are taken too, see <see cref="ModelRepository"/>, which is in dependency injection.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="directory">
    /// The directory, or a prefix in a store such as <c>s3://bucket/models</c>, whose package has to be added (<c>AddS3</c>). It is looked at when the application starts; files of a store are
    /// downloaded into the cache when they are needed (<see cref="SourceOptions"/>). Null for <c>Repository:Directory</c> of the configuration.
    /// </param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>An option that is out of range fails the start with <see cref="FlamaException"/> (<see cref="ErrorCodes.InvalidOption"/>).</remarks>
    public static IFlamaBuilder AddRepository(this IFlamaBuilder builder, string? directory = null, Action<RepositoryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.BindOptions<SourceOptions>("Sources", static (section, sources) => section.Bind(sources));
        builder.Services.TryAddSingleton(static provider => new ModelSources(provider.GetRequiredService<IOptions<SourceOptions>>().Value, [.. provider.GetServices<IModelSource>()]));
        builder.Services.AddSingleton(provider =>
        {
            var (options, logger) = (RepositorySection.Read(FlamaConfiguration.Of(provider), directory, configure), provider.GetRequiredService<ILogger<ModelRepository>>());
            IRepositoryTree tree = ModelSources.IsLocation(options.Directory)
                ? new StoreTree(provider.GetRequiredService<ModelSources>(), new Uri(options.Directory), logger)
                : new DiskTree(options.Directory);
            return new ModelRepository(tree, options, provider.GetRequiredService<IOptions<FlamaOptions>>().Value, logger);
        });
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RepositoryService>());
        return builder;
    }

    /// <summary>Follows a file elsewhere while the application runs: when it has changed it is downloaded, and a model that reloads on change takes it.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="sources">Where files come from; stays the caller's.</param>
    /// <param name="location">The file, which was pulled before: its path in the cache is that of the model.</param>
    /// <param name="interval">How often to ask, longer than zero.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// <code>
    /// var churn = await sources.PullAsync(location);
    /// builder.Services.AddFlama().AddModel("churn", churn.Path, m => m.ReloadOnChange()).AddSourcePolling(sources, location, TimeSpan.FromMinutes(1));
    /// </code>
    /// </remarks>
    public static IFlamaBuilder AddSourcePolling(this IFlamaBuilder builder, ModelSources sources, Uri location, TimeSpan interval)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(location);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        builder.Services.AddSingleton<IHostedService>(provider => new SourcePolling(sources, location, interval, provider.GetRequiredService<ILogger<ModelSources>>()));
        return builder;
    }
}
