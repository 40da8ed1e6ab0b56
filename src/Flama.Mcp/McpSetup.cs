using Flama.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Flama.Mcp;

/// <summary>Gives every session of the server the models beside what the application has of its own.</summary>
internal sealed class McpSetup(McpModels models, IOptions<FlamaOptions> flama, IHostApplicationLifetime lifetime) : IPostConfigureOptions<McpServerOptions>
{
    public void PostConfigure(string? name, McpServerOptions options)
    {
        options.ServerInfo ??= new Implementation { Name = flama.Value.Title, Version = flama.Value.Version };
        models.AddOwn(options.ToolCollection, options.ResourceCollection);
        options.ToolCollection = models.Tools;
        options.ResourceCollection = models.Resources;
        options.Handlers.SubscriptionsListenHandler ??= new ChangeStream(lifetime.ApplicationStopping).ListenAsync;
        var request = options.Filters.Request;
        request.ListToolsFilters.Add(next => async (context, cancellationToken) =>
        {
            var result = await next(context, cancellationToken);
            await KeepAllowedAsync(result.Tools, (tool, request) => models.Find(tool)?.IsForAsync(request));
            return result;
        });
        request.ListResourcesFilters.Add(next => async (context, cancellationToken) =>
        {
            var result = await next(context, cancellationToken);
            await KeepAllowedAsync(result.Resources, (resource, request) => models.Find(resource)?.IsForAsync(request));
            return result;
        });
    }

    private static async ValueTask KeepAllowedAsync<T>(IList<T> items, Func<T, HttpContext, ValueTask<bool>?> isAllowed)
    {
        var request = CurrentRequest.Get();
        for (var i = items.Count - 1; i >= 0; i--)
        {
            if (isAllowed(items[i], request) is { } asked && !await asked)
            {
                items.RemoveAt(i);
            }
        }
    }
}
