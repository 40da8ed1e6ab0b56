using System.Net.Http.Json;
using System.Text.Json;
using Flama.Hosting.Keys;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>Tools for agents by <c>flama serve --mcp</c>, as messages on the wire.</summary>
public sealed class McpTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Mcp_OfAServer_ListsAndCallsTools()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--model-name", "xor", "--mcp"]);

        var listed = await AskAsync(server, "/mcp", null, "tools/list", """{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}""");
        var called = await AskAsync(
            server, "/mcp/", null, "tools/call", """{"name":"xor_predict","arguments":{"input":[[0,1],[1,1]]},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}""", "xor_predict");

        Assert.Contains("xor_predict", listed.GetProperty("result").GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()));
        Assert.Equal("[1,0]", called.GetProperty("result").GetProperty("structuredContent").GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task Mcp_OfARepositoryOfManyModels_ListsThemInPages()
    {
        for (var i = 0; i < 120; i++)
        {
            Directory.CreateDirectory(directory.PathOf($"models/m{i:000}"));
            File.Copy(Xor.Path, directory.PathOf($"models/m{i:000}/model.flm"));
        }

        await using var server = await FlamaServer.StartAsync(["--repository", directory.PathOf("models"), "--server-port", "0", "--mcp"]);
        const string meta = """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""";

        var first = (await AskAsync(server, "/mcp", null, "tools/list", $$"""{"_meta":{{meta}}}""")).GetProperty("result");
        var second = (await AskAsync(server, "/mcp", null, "tools/list", $$"""{"cursor":"{{first.GetProperty("nextCursor").GetString()}}","_meta":{{meta}}}""")).GetProperty("result");

        Assert.Equal((100, 20), (first.GetProperty("tools").GetArrayLength(), second.GetProperty("tools").GetArrayLength()));
        Assert.Equal("m119_predict", second.GetProperty("tools")[19].GetProperty("name").GetString());
        Assert.False(second.TryGetProperty("nextCursor", out _));
    }

    [Fact]
    public async Task Mcp_WithKeysAndAPathOfItsOwn_NeedsAKey()
    {
        var key = ApiKeyFile.Add(directory.PathOf("keys.json"), "agent", [ApiKeyScopes.Predict]);
        await using var server = await FlamaServer.StartAsync(["--mcp", "/agents", Xor.Path, "--server-port", "0", "--server-keys", directory.PathOf("keys.json")]);

        using var refused = await server.Client.PostAsJsonAsync("/agents", new { jsonrpc = "2.0" }, TestContext.Current.CancellationToken);
        var called = await AskAsync(
            server, "/agents", key, "tools/call", """{"name":"model_predict","arguments":{"input":[["x"]]},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}""", "model_predict");

        Assert.Equal(401, (int)refused.StatusCode);
        Assert.True(called.GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.StartsWith("invalid_input: ", called.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mcp_OfOlderClients_HasASession()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--mcp=/mcp"]);
        using var request = Request("/mcp", null, """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""");

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = Read(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("result");

        Assert.Equal("2025-03-26", answer.GetProperty("protocolVersion").GetString());
        Assert.True(answer.GetProperty("capabilities").GetProperty("tools").GetProperty("listChanged").GetBoolean());
        Assert.Single(response.Headers.GetValues("Mcp-Session-Id"));
    }

    private static async Task<JsonElement> AskAsync(FlamaServer server, string path, string? key, string method, string parameters, string? name = null)
    {
        using var request = Request(path, key, $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""");
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", method);
        if (name is not null)
        {
            request.Headers.Add("Mcp-Name", name);
        }

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return Read(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static HttpRequestMessage Request(string path, string? key, string body)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        return request;
    }

    // The one event of a stream.
    private static JsonElement Read(string body) =>
        JsonElement.Parse(body.Split('\n').Single(line => line.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..]);
}
