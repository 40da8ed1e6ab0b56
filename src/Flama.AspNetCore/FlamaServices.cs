using Microsoft.Extensions.DependencyInjection;

namespace Flama.AspNetCore;

/// <summary>Finds our services and names the missing call when they are not there.</summary>
internal static class FlamaServices
{
    public static T Get<T>(IServiceProvider services, string caller)
        where T : notnull => services.GetService<T>() ?? throw new InvalidOperationException(
            $"{caller} needs the services of Flama. Call builder.Services.AddFlama() before the application is built.");
}
