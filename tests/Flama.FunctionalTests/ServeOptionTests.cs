using System.Net;
using System.Text.Json;

namespace Flama.FunctionalTests;

public sealed class ServeOptionTests
{
    [Fact]
    public async Task Serve_EverythingFromTheEnvironment_Works()
    {
        await using var server = await FlamaServer.StartAsync([], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FLAMA_MODEL_PATH"] = Xor.Path,
            ["FLAMA_MODEL_URL"] = "/xor",
            ["FLAMA_MODEL_NAME"] = "xor_model",
            ["FLAMA_APP_TITLE"] = "From the environment",
            ["FLAMA_APP_SCHEMA"] = "/openapi.json",
            ["FLAMA_SERVER_PORT"] = "0",
        });

        using var answer = await server.PostAsync("/xor/predict/", $"{{\"input\": {Xor.Rows}}}");
        using var schema = JsonDocument.Parse(await server.GetStringAsync("/openapi.json"));

        Assert.Equal("{\"output\":[0,1,1,0]}", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("From the environment", schema.RootElement.GetProperty("info").GetProperty("title").GetString());
        Assert.Contains("\"xor_model\"", schema.RootElement.GetProperty("paths").GetProperty("/xor/predict/").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_CommandLineAndEnvironment_CommandLineWins()
    {
        await using var server = await FlamaServer.StartAsync(
            [Xor.Path, "--model-url=/line/", "--app-title", "Line", "--server-port=0"],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["FLAMA_MODEL_PATH"] = "no-such-model.flm",
                ["FLAMA_MODEL_URL"] = "/variable/",
                ["FLAMA_APP_TITLE"] = "Variable",
                ["FLAMA_APP_VERSION"] = "7.0",
                ["FLAMA_SERVER_PORT"] = "not a port",
            });

        using var schema = JsonDocument.Parse(await server.GetStringAsync("/schema/"));

        var info = schema.RootElement.GetProperty("info");
        Assert.Equal(("Line", "7.0"), (info.GetProperty("title").GetString(), info.GetProperty("version").GetString()));
        Assert.True(schema.RootElement.GetProperty("paths").TryGetProperty("/line/predict/", out _));
    }

    [Fact]
    public async Task Serve_EmptyDocsAndSchema_SwitchesThemOff()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--app-docs", "", "--app-schema=", "--server-port", "0"]);

        using var docs = await server.Client.GetAsync(new Uri("/docs/", UriKind.Relative), TestContext.Current.CancellationToken);
        using var schema = await server.Client.GetAsync(new Uri("/schema/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (docs.StatusCode, schema.StatusCode));
        Assert.DoesNotContain(server.StartLines, line => line.Contains("Docs", StringComparison.Ordinal) || line.Contains("Schema", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--app-debug", true)]
    [InlineData("--app-debug=true", true)]
    [InlineData("--app-debug=false", false)]
    public async Task Serve_Debug_AnswersBrowsersWithPages(string option, bool isPage)
    {
        await using var server = await FlamaServer.StartAsync([option, Xor.Path, "--server-port", "0"]);
        using HttpRequestMessage request = new(HttpMethod.Get, "/nope/");
        request.Headers.Accept.ParseAdd("text/html");

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(isPage ? "text/html" : "application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
