using System.Runtime.InteropServices;
using System.Text.Json;
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
        Page(options);
    }

    // The SDK answers all there is at once.
    private void Page(McpServerOptions options)
    {
        PagedList<McpServerTool, Tool> tools = new(
            models.Tools,
            static tool => tool.ProtocolTool,
            static tool => tool.Name,
            static (tool, request) => tool is ModelTool own ? own.IsForAsync(request) : new(true),
            static tool => SizeOf(tool.InputSchema) + (tool.OutputSchema is { } output ? SizeOf(output) : 0));
        PagedList<McpServerResource, Resource> resources = new(
            models.Resources,
            static resource => resource.ProtocolResource,
            static resource => resource.Uri,
            static (resource, request) => resource is ModelCard own ? own.IsForAsync(request) : new(true),
            static _ => 0);
        var (hasTools, hasResources) = (options.Handlers.ListToolsHandler is not null, options.Handlers.ListResourcesHandler is not null);
        options.Filters.Request.ListToolsFilters.Add(next => (context, cancellationToken) =>
            tools.AnswerAsync(context.Params?.Cursor, hasTools, () => next(context, cancellationToken), static result => result.Tools));
        options.Filters.Request.ListResourcesFilters.Add(next => (context, cancellationToken) =>
            resources.AnswerAsync(context.Params?.Cursor, hasResources, () => next(context, cancellationToken), static result => result.Resources));
    }

    private static int SizeOf(JsonElement schema) => JsonMarshal.GetRawUtf8Value(schema).Length;
}
