using System.ComponentModel;
using System.Text.Json;
using Flama.AspNetCore;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Flama.Tests.Mcp;

/// <summary>Models as tools and resources, asked by the SDK's own client over HTTP.</summary>
public sealed class ModelToolTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    [InlineData("2025-06-18")]
    [InlineData("2025-03-26")]
    [InlineData("2024-11-05")]
    public async Task Predict_OfAClassifier_AnswersLabelsAndProbabilities(string? version)
    {
        await using var host = await StartAsync(app => app.MapModel("/yes/", FakeModels.Linear()));
        await using var client = await AgentClient.ConnectAsync(host, version: version);

        var result = await client.CallAsync("yes_predict", new[] { new[] { 1, 1 }, [-1, -1] });

        Assert.Equal(version ?? "2026-07-28", client.NegotiatedProtocolVersion);
        Assert.NotEqual(true, result.IsError);
        const string wanted = """{"output":["yes","no"],"probabilities":[[0.25,0.75],[1.0,0.0]],"classes":["no","yes"]}""";
        Assert.Equal(wanted, result.Text());
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(wanted), result.StructuredContent!.Value));
        Assert.Equal(["yes_decision_function", "yes_predict", "yes_predict_proba"], await client.ToolNamesAsync());
    }

    [Fact]
    public async Task Tool_OfNamedFeatures_HasTheirNamesTypesAndValues()
    {
        await using var host = await StartAsync(app => app.MapModel("/customer/", FakeModels.Customer()));
        await using var client = await AgentClient.ConnectAsync(host);

        var tool = Assert.Single(await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).ProtocolTool;

        Assert.Equal(("customer_predict", "customer: Predict"), (tool.Name, tool.Title));
        Assert.StartsWith("Model 'customer'. Predicts with Pipeline", tool.Description, StringComparison.Ordinal);
        Assert.Equal((true, false), (tool.Annotations!.ReadOnlyHint, tool.Annotations.DestructiveHint));
        var rows = tool.InputSchema.GetProperty("properties").GetProperty("input");
        var row = rows.GetProperty("items");
        Assert.Equal("input", Assert.Single(tool.InputSchema.GetProperty("required").EnumerateArray()).GetString());
        Assert.Equal("object", row.GetProperty("type").GetString());
        Assert.Equal(["France", "Spain"], row.GetProperty("properties").GetProperty("country").GetProperty("enum").EnumerateArray().Select(value => value.GetString()!));
        Assert.Equal("""["null","number"]""", row.GetProperty("properties").GetProperty("age").GetProperty("type").GetRawText());
        Assert.Equal("number", row.GetProperty("properties").GetProperty("balance").GetProperty("type").GetString());
        Assert.Equal(["country", "age", "balance"], row.GetProperty("required").EnumerateArray().Select(value => value.GetString()!));
        Assert.Equal("array", tool.OutputSchema!.Value.GetProperty("properties").GetProperty("output").GetProperty("type").GetString());
        var answer = await client.CallAsync("customer_predict", new[] { JsonElement.Parse("""{"country":"France","age":null,"balance":100.5}""") });
        Assert.Equal("""{"output":[100.5]}""", answer.Text());
    }

    [Fact]
    public async Task Tool_OfARowThatIsWrong_AnswersCodeAndRemedy()
    {
        await using var host = await StartAsync(app => app.MapModel("/customer/", FakeModels.Customer()));
        await using var client = await AgentClient.ConnectAsync(host);

        var wrong = await client.CallAsync("customer_predict", new[] { new { country = "Atlantis", age = 1, balance = 1 } });
        var missing = await client.CallToolAsync("customer_predict", cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(wrong.IsError);
        Assert.Null(wrong.StructuredContent);
        Assert.StartsWith("invalid_input: ", wrong.Text(), StringComparison.Ordinal);
        Assert.Contains("\n- row 0, feature 'country': ", wrong.Text(), StringComparison.Ordinal);
        Assert.Equal("urn:flama:error:invalid_input", (string?)wrong.Meta!["flama/problem"]!["type"]);
        Assert.True(missing.IsError);
        Assert.StartsWith("invalid_input: ", missing.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_OfAModelThatFails_SaysNothingOfTheInside()
    {
        await using var host = await StartAsync(app => app.MapModel("/broken/", FakeModels.Throwing(() => new InvalidOperationException("secret"))));
        await using var client = await AgentClient.ConnectAsync(host);

        var result = await client.CallAsync("broken_predict", new[] { new[] { 1 } });

        Assert.True(result.IsError);
        Assert.StartsWith("internal: The server failed to answer.", result.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", JsonSerializer.Serialize(result, ModelContextProtocol.McpJsonUtilities.DefaultOptions), StringComparison.Ordinal);
        Assert.Contains(host.Log.All, line => line.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tool_BeyondTheLimits_IsRefusedAsARequestIs()
    {
        await using var host = await StartAsync(app => app.MapModel("/yes/", FakeModels.Linear()), http => (http.MaxRows, http.MaxRequestBodyBytes) = (1, 400));
        await using var client = await AgentClient.ConnectAsync(host);

        var rows = await client.CallAsync("yes_predict", new[] { new[] { 1, 1 }, [2, 2] });

        Assert.True(rows.IsError);
        Assert.StartsWith("input_too_large: The input has 2 rows, and the limit is 1.", rows.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, 200)]
    [InlineData(501, 413)]
    public async Task Message_AboveTheLimit_IsRefused(int bytes, int status)
    {
        await using var host = await StartAsync(app => app.MapModel("/yes/", FakeModels.Linear()), http => http.MaxRequestBodyBytes = 500);
        const string message = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""";
        using HttpRequestMessage request = new(HttpMethod.Post, "/mcp") { Content = new StringContent(message.PadRight(bytes), System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");

        using var answer = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Tool_ThatTakesTooLong_IsTimedOut()
    {
        TaskCompletionSource begun = new(), stopped = new();
        await using var host = await StartAsync(app => app.MapModel("/slow/", FakeModels.Endless(begun, stopped)), http => http.RequestTimeout = TimeSpan.FromMilliseconds(50));
        await using var client = await AgentClient.ConnectAsync(host);

        var result = await client.CallAsync("slow_predict", new[] { new[] { 1 } });

        Assert.StartsWith("timed_out: ", result.Text(), StringComparison.Ordinal);
        await stopped.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Tools_OfTheApplication_StandBesideModels()
    {
        await using var host = await StartAsync(
            app => app.MapModel("/yes/", FakeModels.Linear()), configure: builder => builder.Services.AddMcpServer().WithTools<Prices>());
        await using var client = await AgentClient.ConnectAsync(host);

        var names = await client.ToolNamesAsync();
        var price = await client.CallToolAsync("price", new Dictionary<string, object?>(StringComparer.Ordinal) { ["years"] = 2 }, cancellationToken: TestContext.Current.CancellationToken);
        var own = await client.CallToolAsync("yes_predict", cancellationToken: TestContext.Current.CancellationToken);
        var model = await client.CallAsync("yes_predict_2", new[] { new[] { 1, 1 } });

        Assert.Equal(["price", "yes_decision_function", "yes_predict", "yes_predict_2", "yes_predict_proba"], names);
        Assert.Equal(("20", "the application's own"), (price.Text(), own.Text()));
        Assert.Equal("yes", model.StructuredContent!.Value.GetProperty("output")[0].GetString());
    }

    [Fact]
    public async Task Card_OfAModel_IsAResource()
    {
        await using var host = await StartAsync(app => app.MapModel("/yes/", FakeModels.Linear()));
        await using var client = await AgentClient.ConnectAsync(host);

        var resource = Assert.Single(await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken));
        var contents = Assert.IsType<TextResourceContents>(Assert.Single((await client.ReadResourceAsync("flama://models/yes", cancellationToken: TestContext.Current.CancellationToken)).Contents));

        Assert.Equal(("flama://models/yes", "application/json"), (resource.Uri, resource.MimeType));
        Assert.Equal((await host.GetAsync("/yes/")).Body, contents.Text);
    }

    [Fact]
    public async Task Server_OfAModelThatIsNotMapped_HasItsTools()
    {
        await using var host = await StartAsync(_ => { }, configure: builder => builder.Services.AddFlama().AddModel("xor", Fixtures.PathOf("http", "flama-2.2", "models", "xor.flm")));
        await using var client = await AgentClient.ConnectAsync(host);

        var result = await client.CallAsync("xor_predict", new[] { new[] { 0, 1 }, [1, 1] });

        Assert.Equal(404, (await host.GetAsync("/xor/")).Status);
        Assert.Equal("[1,0]", result.StructuredContent!.Value.GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task Schema_OfAnApplicationWithTools_DoesNotShowThePath()
    {
        await using var host = await StartAsync(app => app.MapModel("/yes/", FakeModels.Linear()));

        Assert.DoesNotContain("/mcp", (await host.GetAsync("/schema/")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MapMcp_WithoutServices_SaysWhatIsMissing()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => FlamaHost.StartAsync(app => app.MapMcp("/mcp")));

        Assert.Equal("MapMcp needs what AddMcp adds. Call builder.Services.AddFlama().AddMcp() before the application is built.", failure.Message);
    }

    internal static Task<FlamaHost> StartAsync(Action<WebApplication> map, Action<FlamaHttpOptions>? options = null, Action<WebApplicationBuilder>? configure = null) => FlamaHost.StartAsync(
        app =>
        {
            map(app);
            app.MapMcp("/mcp");
        },
        options,
        builder =>
        {
            builder.Services.AddFlamaHosting().AddMcp();
            configure?.Invoke(builder);
        });

    [McpServerToolType]
    internal sealed class Prices
    {
        [McpServerTool(Name = "price")]
        [Description("The price of some years.")]
        public static int Price(int years) => 10 * years;

        [McpServerTool(Name = "yes_predict")]
        [Description("Named as the tool of a model would be.")]
        public static string Own() => "the application's own";
    }
}
