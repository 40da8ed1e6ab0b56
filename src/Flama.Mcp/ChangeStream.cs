using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Flama.Mcp;

/// <summary>Tells clients without a session (protocol 2026-07-28, <c>subscriptions/listen</c>) of changed lists, which the SDK does for sessions only. Thread-safe.</summary>
/// <param name="stopping">Ends all streams.</param>
internal sealed class ChangeStream(CancellationToken stopping)
{
    private const string SubscriptionId = "io.modelcontextprotocol/subscriptionId";

    /// <summary>Tells one client until it leaves or the application stops.</summary>
    public async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellationToken)
    {
        var (wanted, lists) = (request.Params!.Notifications, request.Server.ServerOptions);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        var changes = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
        JsonObject granted = [];
        using var tools = Watch(wanted.ToolsListChanged, lists.ToolCollection, "toolsListChanged", NotificationMethods.ToolListChangedNotification, granted, changes.Writer);
        using var resources = Watch(wanted.ResourcesListChanged, lists.ResourceCollection, "resourcesListChanged", NotificationMethods.ResourceListChangedNotification, granted, changes.Writer);
        using var prompts = Watch(wanted.PromptsListChanged, lists.PromptCollection, "promptsListChanged", NotificationMethods.PromptListChangedNotification, granted, changes.Writer);
        try
        {
            await SendAsync(request, NotificationMethods.SubscriptionsAcknowledgedNotification, new JsonObject { ["notifications"] = granted }, ending.Token);
            await foreach (var change in changes.Reader.ReadAllAsync(ending.Token))
            {
                await SendAsync(request, change, [], ending.Token);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The end of every stream.
        }

        return new EmptyResult();
    }

    private static Watched<T>? Watch<T>(
        bool? isWanted, McpServerPrimitiveCollection<T>? list, string member, string notification, JsonObject granted, ChannelWriter<string> changes)
        where T : IMcpServerPrimitive
    {
        if (isWanted != true || list is null)
        {
            return null;
        }

        granted[member] = true;
        return new(list, (_, _) => changes.TryWrite(notification));
    }

    private static Task SendAsync(RequestContext<SubscriptionsListenRequestParams> request, string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        parameters["_meta"] = new JsonObject { [SubscriptionId] = request.JsonRpcRequest.Id.Id is long number ? JsonValue.Create(number) : JsonValue.Create(request.JsonRpcRequest.Id.ToString()) };
        return request.Server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters }, cancellationToken);
    }

    private sealed class Watched<T> : IDisposable
        where T : IMcpServerPrimitive
    {
        private readonly McpServerPrimitiveCollection<T> list;
        private readonly EventHandler changed;

        public Watched(McpServerPrimitiveCollection<T> list, EventHandler changed)
        {
            (this.list, this.changed) = (list, changed);
            list.Changed += changed;
        }

        public void Dispose() => list.Changed -= changed;
    }
}
