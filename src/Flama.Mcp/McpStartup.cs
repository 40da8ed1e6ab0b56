using Microsoft.Extensions.Hosting;

namespace Flama.Mcp;

/// <summary>Looks at the models when they are loaded and before the first request comes.</summary>
internal sealed class McpStartup(McpModels models) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        models.Refresh();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
