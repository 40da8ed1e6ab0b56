using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Flama.Tests.Twins;

/// <summary>The twin of an application of tools, resources and prompts for agents.</summary>
/// <remarks>
/// Requests get what protocol 2026-07-28 demands of them and the original does not ask for: <c>_meta</c> with the version, and both media types in <c>Accept</c>. Answers are read from the one
/// event of their stream. Compared are status and <c>result</c>, or the error's code.
/// </remarks>
public sealed class McpTests
{
    private readonly TwinDifferences differences = new("mcp");
    private readonly List<string> failures = [];

    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using var twin = await FlamaHost.StartAsync(
            app => app.MapMcp("/mcp/"),
            configure: builder =>
            {
                builder.Services.AddFlamaHosting().AddMcp(server => (server.ServerInfo, server.ServerInstructions) = (new Implementation { Name = "helper", Version = "1.2.3" }, "Adds numbers."));
                builder.Services.AddMcpServer().WithTools<Tools>().WithResources<Resources>().WithPrompts<Prompts>();
            });
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Fixtures.PathOf("http", "flama-2.2", "mcp.json"), TestContext.Current.CancellationToken));
        foreach (var exchange in document.RootElement.GetProperty("exchanges").EnumerateArray())
        {
            await CompareAsync(twin, exchange);
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Empty(differences.Unused);
    }

    private async Task CompareAsync(FlamaHost twin, JsonElement exchange)
    {
        var (id, wanted) = (exchange.GetProperty("id").GetString()!, exchange.GetProperty("response"));
        using var request = RequestOf(exchange.GetProperty("request"));
        using var response = await twin.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var (status, listed) = (wanted.GetProperty("status").GetInt32(), differences.Find(id));
        if ((int)response.StatusCode != (listed ?? status))
        {
            failures.Add($"{id}: status {(int)response.StatusCode} instead of {listed ?? status}; {body}");
            return;
        }

        var isSame = (int)response.StatusCode == status && (!wanted.TryGetProperty("json", out var json) || IsSame(json, Read(body)));
        if (isSame == listed is not null)
        {
            failures.Add(isSame ? $"{id}: is listed as a difference, and is none" : $"{id}: there {JsonSerializer.Serialize(wanted)}, here {body}");
        }
    }

    private static HttpRequestMessage RequestOf(JsonElement recorded)
    {
        HttpRequestMessage request = new(new HttpMethod(recorded.GetProperty("method").GetString()!), recorded.GetProperty("path").GetString());
        foreach (var header in recorded.TryGetProperty("headers", out var headers) ? headers.EnumerateObject().ToArray() : [])
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        }

        if (request.Headers.Accept.Count == 0)
        {
            request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        }

        if (recorded.TryGetProperty("body", out var body))
        {
            request.Content = new StringContent(body.ValueKind == JsonValueKind.String ? body.GetString()! : Complete(JsonNode.Parse(body.GetRawText())!), Encoding.UTF8, "application/json");
        }

        return request;
    }

    private static string Complete(JsonNode message)
    {
        if (message is JsonObject call && call["method"] is not null && call["id"] is not null && (string?)call["method"] != "initialize")
        {
            var parameters = call["params"] as JsonObject ?? [];
            call["params"] = parameters.DeepClone();
            call["params"]!["_meta"] = new JsonObject { ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28", ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject() };
        }

        return message.ToJsonString();
    }

    private static JsonElement Read(string body)
    {
        var json = body.Split('\n').FirstOrDefault(line => line.StartsWith("data: ", StringComparison.Ordinal))?["data: ".Length..] ?? body;
        return json.StartsWith('{') ? JsonElement.Parse(json) : default;
    }

    private static bool IsSame(JsonElement wanted, JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (wanted.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            return given.TryGetProperty("error", out var own) && own.TryGetProperty("code", out var code) && JsonElement.DeepEquals(code, error.GetProperty("code"));
        }

        if (!wanted.TryGetProperty("result", out var result))
        {
            return RecordedExchange.Has(given, wanted);
        }

        // What protects caches and names the framework is the server's own.
        var mine = JsonNode.Parse(result.GetRawText())!.AsObject();
        _ = mine.Remove("_meta") | mine.Remove("ttlMs") | mine.Remove("cacheScope") | mine.Remove("resultType");
        return given.TryGetProperty("result", out var answered) && RecordedExchange.Has(answered, JsonElement.Parse(mine.ToJsonString()));
    }

    [McpServerToolType]
    internal sealed class Tools
    {
        [McpServerTool(Name = "add", UseStructuredContent = true)]
        [Description("Adds two numbers")]
        public static int Add(int a, int b = 1) => a + b;

        [McpServerTool(Name = "shout", UseStructuredContent = true)]
        [Description("Upper case of a text.")]
        public static Shouted Shout(string text) => new(text.ToUpperInvariant());

        [McpServerTool(Name = "broken")]
        public static void Broken() => throw new InvalidOperationException("no luck");
    }

    internal sealed record Shouted(string Text);

    [McpServerResourceType]
    internal sealed class Resources
    {
        [McpServerResource(UriTemplate = "doc://readme", Name = "readme", MimeType = "text/plain")]
        [Description("What this is")]
        public static string Readme() => "Read me";
    }

    [McpServerPromptType]
    internal sealed class Prompts
    {
        [McpServerPrompt(Name = "greet")]
        [Description("A greeting")]
        public static string Greet(string name) => $"Say hello to {name}";
    }
}
