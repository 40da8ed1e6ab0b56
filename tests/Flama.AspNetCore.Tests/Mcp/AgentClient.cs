using Flama.Tests.Hosting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Flama.Tests.Mcp;

/// <summary>The SDK's own client at a host, and the changes of lists that it was told of.</summary>
internal static class AgentClient
{
    /// <summary>Connects.</summary>
    /// <param name="host">The host.</param>
    /// <param name="key">A key; null for none.</param>
    /// <param name="version">The version of the protocol; null for the newest that both speak.</param>
    public static Task<McpClient> ConnectAsync(FlamaHost host, string? key = null, string? version = null) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(host.Address, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = key is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = $"Bearer {key}" },
        }),
        new McpClientOptions { ProtocolVersion = version, ClientInfo = new Implementation { Name = "test", Version = "1" } },
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The names of the tools, sorted.</summary>
    public static async Task<string[]> ToolNamesAsync(this McpClient client) =>
        [.. (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(tool => tool.Name).Order(StringComparer.Ordinal)];

    /// <summary>Calls a tool with rows.</summary>
    public static Task<CallToolResult> CallAsync(this McpClient client, string tool, object? input) => client.CallToolAsync(
        tool, new Dictionary<string, object?>(StringComparer.Ordinal) { ["input"] = input }, cancellationToken: TestContext.Current.CancellationToken).AsTask();

    /// <summary>The text of an answer.</summary>
    public static string Text(this CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}
