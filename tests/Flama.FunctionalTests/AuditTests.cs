using System.Net;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>The audit log of a server, and who may reach it at all.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Requests_AreInTheLog_WithCallerModelAndStatus_AndWithoutWhatTheyAsked()
    {
        using TemporaryDirectory directory = new();
        var (keys, log) = (directory.PathOf("keys.json"), directory.PathOf("audit.jsonl"));
        var key = (await FlamaProcess.RunAsync(["key", "add", "web", "--server-keys", keys])).Output.Trim();
        await using (var server = await FlamaServer.StartAsync([Xor.Path, "--model-name=xor", "--server-port=0", "--server-keys", keys, "--server-audit", log, "--server-request-id"]))
        {
            server.Client.DefaultRequestHeaders.Add("X-API-Key", key);
            server.Client.DefaultRequestHeaders.Add("X-Request-ID", "request-1");
            using var good = await server.PostAsync("/predict/?token=hidden", """{"input":[[0,0.4321]]}""");
            using var bad = await server.PostAsync("/predict/", """{"input":[[0]]}""");
            using var forbidden = await server.Client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
            server.Client.DefaultRequestHeaders.Remove("X-API-Key");
            using var unknown = await server.PostAsync("/predict/", "{}");
            using var health = await server.Client.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(
                [200, 400, 403, 401, 200], new[] { good, bad, forbidden, unknown, health }.Select(answer => (int)answer.StatusCode));
            await server.Process.SignalAsync("TERM");
            await server.Process.WaitForExitAsync();
        }

        var text = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        var entries = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var verified = await FlamaProcess.RunAsync(["audit", "verify", log]);
        var head = verified.Output.TrimEnd().Split(' ')[^1];
        await File.WriteAllTextAsync(log, text.Replace("\"status\":403", "\"status\":200", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var changed = await FlamaProcess.RunAsync(["audit", "verify", log, "--head", head]);

        Assert.Equal(
            ["web POST /predict/ xor 200", "web POST /predict/ xor 400", "web GET / xor 403", "- POST /predict/ xor 401"],
            entries.Select(entry => $"{Text(entry, "who")} {Text(entry, "what")} {Text(entry, "model")} {entry.GetProperty("status").GetInt32()}"));
        Assert.All(entries, entry => Assert.Equal((64, "127.0.0.1", "request-1"), (Text(entry, "digest").Length, Text(entry, "address"), Text(entry, "id"))));
        Assert.DoesNotContain("0.4321", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain(key[^64..], text, StringComparison.Ordinal);
        Assert.StartsWith("Intact: entries 1 to 4 in one file, last hash ", verified.Output, StringComparison.Ordinal);
        Assert.Equal((0, 1), (verified.ExitCode, changed.ExitCode));
        Assert.Equal("The chain is broken: Line 3 of 'audit.jsonl' is not what was written.\n", changed.Error);
    }

    [Fact]
    public async Task Log_ThatIsNone_StopsTheStart()
    {
        using TemporaryDirectory directory = new();
        var log = directory.PathOf("audit.jsonl");
        await File.WriteAllTextAsync(log, "no log\n", TestContext.Current.CancellationToken);

        var run = await FlamaProcess.RunAsync(["serve", Xor.Path, "--server-port=0", "--server-audit", log]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is not an entry of an audit log", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.0/8,::1", HttpStatusCode.Forbidden)]
    [InlineData("10.0.0.0/8,127.0.0.0/8", HttpStatusCode.OK)]
    public async Task Address_OutsideOfTheList_Is403(string list, HttpStatusCode expected)
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-allow-ips", list, "--server-forwarded-allow-ips=10.0.0.1"]);

        // Of an address that is not trusted to tell another.
        server.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "10.1.2.3");
        List<HttpStatusCode> statuses = [];
        foreach (var path in new[] { "/", "/docs/", "/schema/", "/health/live", "/nowhere" })
        {
            using var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([expected, expected, expected, expected, expected == HttpStatusCode.OK ? HttpStatusCode.NotFound : expected], statuses);
    }

    [Fact]
    public async Task ForwardedAddress_OfATrustedProxy_IsLookedUpInTheList()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0", "--server-allow-ips=203.0.113.0/24"]);

        using var direct = await server.Client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        server.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        using var forwarded = await server.Client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (direct.StatusCode, forwarded.StatusCode));
    }

    [Fact]
    public async Task Pages_TellBrowsersWhatTheyMayDo()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port=0"]);

        using var page = await server.Client.GetAsync(new Uri("/docs/", UriKind.Relative), TestContext.Current.CancellationToken);
        using var script = await server.Client.GetAsync(new Uri("/docs/start.js", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("frame-ancestors 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(("DENY", "no-referrer"), (Assert.Single(page.Headers.GetValues("X-Frame-Options")), Assert.Single(page.Headers.GetValues("Referrer-Policy"))));
        Assert.All([page, script], answer => Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options"))));
    }

    [Fact]
    public async Task Internals_ThatAreHidden_AreInNoAnswer()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--model-name=xor", "--server-port=0", "--app-hide-internals"]);

        var texts = new List<string> { await server.GetStringAsync("/"), await server.GetStringAsync("/health/"), await server.GetStringAsync("/schema/") };
        using var refused = await server.PostAsync("/predict/?include=nothing", """{"input":[[0,1]]}""");
        texts.Add(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.All(texts, text => Assert.DoesNotMatch("MLPClassifier|sklearn|1\\.4\\.2|hidden_layer_sizes|solver", text));
        using var inspection = JsonDocument.Parse(texts[0]);
        Assert.Equal(["id", "timestamp"], inspection.RootElement.GetProperty("meta").EnumerateObject().Select(member => member.Name));
    }

    private static string Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString()! : "-";
}
