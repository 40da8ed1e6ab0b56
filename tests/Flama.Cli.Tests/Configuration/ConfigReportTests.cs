using System.Text.Json;
using Flama.Cli.Configuration;
using Flama.Tests;

namespace Flama.Cli.Tests.Configuration;

public sealed class ConfigReportTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task Config_EveryPlace_IsNamed()
    {
        await File.WriteAllTextAsync(directory.PathOf("a.env"), "FLAMA_APP_VERSION=7\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            directory.PathOf("f.yaml"), "app:\n  title: T\n  models: [{path: a.flm}]\nserver:\n  env_file: a.env\n", TestContext.Current.CancellationToken);
        TestConsole console = new() { Variables = { ["FLAMA_SERVER_PORT"] = "81" } };

        var exit = await console.RunAsync("config", directory.PathOf("f.yaml"), "--server-host", "h");

        Assert.Equal((0, ""), (exit, console.Error));
        var rows = console.Output.TrimEnd('\n').Split('\n').Select(line => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))).ToList();
        Assert.Equal("option|value|from", rows[0]);
        Assert.Contains($"model 'model'|{directory.PathOf("a.flm")} at /|config file {directory.PathOf("f.yaml")} app.models[0]", rows);
        Assert.Contains($"--app-title|T|config file {directory.PathOf("f.yaml")} app.title", rows);
        Assert.Contains($"--app-version|7|env file {directory.PathOf("a.env")} FLAMA_APP_VERSION", rows);
        Assert.Contains("--server-port|81|environment FLAMA_SERVER_PORT", rows);
        Assert.Contains("--server-host|h|command line --server-host", rows);
        Assert.Contains("--server-log-level|info|default", rows);
    }

    [Fact]
    public async Task Config_Json_HasValuesInTheirTypes()
    {
        TestConsole console = new() { Variables = { ["FLAMA_SERVER_PORT"] = "81" } };

        await console.RunAsync("config", "--output", "json", "--model", "a.flm", "--server-headers", "X-A: 1", "--server-headers", "X-Token: 2");

        using var document = JsonDocument.Parse(console.Output);
        var options = document.RootElement.GetProperty("options").EnumerateArray().ToDictionary(option => option.GetProperty("option").GetString()!);
        Assert.Equal(81, options["--server-port"].GetProperty("value").GetInt32());
        Assert.Equal("""{"source":"environment","name":"FLAMA_SERVER_PORT"}""", Compact(options["--server-port"].GetProperty("from")));
        Assert.Equal("""["X-A: 1","X-Token: ***"]""", Compact(options["--server-headers"].GetProperty("value")));
        Assert.Equal("server.port", options["--server-port"].GetProperty("key").GetString());
        Assert.Equal(JsonValueKind.Null, options["--server-uds"].GetProperty("value").ValueKind);
        Assert.Equal("a.flm", document.RootElement.GetProperty("models")[0].GetProperty("file").GetString());
    }

    [Fact]
    public async Task Config_WrongValue_IsFoundWithoutServing()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("config", "--server-port", "abc");

        Assert.Equal((2, ""), (exit, console.Output));
        Assert.Equal("Error: --server-port is 'abc', expected a whole number from 0 to 65535.\n", console.Error);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("config")]
    public async Task Explain_Secrets_AreMasked(string command)
    {
        TestConsole console = new() { Variables = { ["FLAMA_SERVER_HEADERS"] = "Authorization: hush\nX-Plain: open\nX-Other: Bearer hush" } };
        string[] arguments = command == "serve" ? ["serve", "m.flm", "--explain-config"] : ["config"];

        var exit = await console.RunAsync(arguments);

        Assert.Equal(0, exit);
        Assert.DoesNotContain("hush", console.Output, StringComparison.Ordinal);
        Assert.Contains("Authorization: ***, X-Plain: open, X-Other: ***", console.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cookie: a=b", "Cookie: ***")]
    [InlineData("X-Api-Key: a", "X-Api-Key: ***")]
    [InlineData("X-A: Basic abc", "X-A: ***")]
    [InlineData("Cache-Control: no-store", "Cache-Control: no-store")]
    public void InHeader_Credentials_AreMasked(string header, string expected)
    {
        Assert.Equal(expected, Secrets.InHeader(header));
    }

    public void Dispose() => directory.Dispose();

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element, JsonSerializerOptions.Web).Replace(@"\u0022", "\"", StringComparison.Ordinal);
}
