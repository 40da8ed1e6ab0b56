using Flama.AspNetCore;
using Flama.AspNetCore.Background;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Tasks after answers.</summary>
public static class BackgroundTaskExtensions
{
    /// <summary>Adds <see cref="BackgroundTasks"/>: a bounded queue of tasks that run after an answer, or beside requests.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; null for the defaults. Options out of range stop the start.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddBackgroundTasks(this IServiceCollection services, Action<BackgroundTaskOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<BackgroundTaskOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (services.All(service => service.ServiceType != typeof(BackgroundTasks)))
        {
            options.Validate(tasks => tasks.Capacity >= 1, "BackgroundTaskOptions.Capacity must be 1 or more.");
            options.Validate(tasks => tasks.MaxConcurrency >= 1, "BackgroundTaskOptions.MaxConcurrency must be 1 or more.");
            services.AddSingleton<BackgroundTasks>();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, BackgroundTaskService>());
        }

        return services;
    }
}
