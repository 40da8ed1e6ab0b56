using Microsoft.Extensions.Hosting;

namespace Flama.Tests;

/// <summary>Starts applications without a web server.</summary>
internal static class StartedHost
{
    /// <summary>Builds and starts an application; one that does not start is disposed.</summary>
    public static async Task<IHost> OfAsync(HostApplicationBuilder builder)
    {
        var host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
