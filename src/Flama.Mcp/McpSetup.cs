using Flama.AspNetCore;
using Flama.Hosting;
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
            await KeepAllowedAsync(result.Tools, tool => models.ModelOf(tool), ApiKeyDefaults.PredictPolicy);
            return result;
        });
        request.ListResourcesFilters.Add(next => async (context, cancellationToken) =>
        {
            var result = await next(context, cancellationToken);
            await KeepAllowedAsync(result.Resources, resource => models.ModelOf(resource), ApiKeyDefaults.InspectPolicy);
            return result;
        });
    }

    private async ValueTask KeepAllowedAsync<T>(IList<T> items, Func<T, string?> modelOf, string policy)
    {
        var request = CurrentRequest.Get();
        Dictionary<string, bool> allowed = new(StringComparer.Ordinal);
        for (var i = items.Count - 1; i >= 0; i--)
        {
            if (modelOf(items[i]) is not { } model)
            {
                continue;
            }

            if (!allowed.TryGetValue(model, out var isAllowed))
            {
                allowed[model] = isAllowed = await models.Calls.AllowsAsync(request, policy, model);
            }

            if (!isAllowed)
            {
                items.RemoveAt(i);
            }
        }
    }
}
