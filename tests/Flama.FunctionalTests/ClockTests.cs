using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Flama.Hosting.Auditing;
using Flama.Hosting.Keys;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>A real server whose clock somebody sets, forward and back, by libfaketime: only what is told by the time of day changes.</summary>
public sealed class ClockTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private string ClockPath => directory.PathOf("clock");

    [Fact]
    public async Task Clock_SetForwardAndBack_ChangesNoDuration_AndTokensEnd()
    {
        using SignedToken issuer = new();
        await File.WriteAllTextAsync(directory.PathOf("jwks.json"), issuer.KeySet, TestContext.Current.CancellationToken);
        var keys = directory.PathOf("keys.json");
        var key = ApiKeyFile.Add(keys, "web", [ApiKeyScopes.Predict, ApiKeyScopes.Inspect]);
        var audit = directory.PathOf("audit.jsonl");
        Set("+0");
        await using var server = await FlamaServer.StartAsync(
            [
                Xor.Path, "--server-port=0", "--server-rate-limit=1000000/3600", "--server-cache=3600", "--app-stats=/stats", "--server-keys", keys, "--server-jwt-issuer", SignedToken.Issuer,
                "--server-jwt-audience", SignedToken.Audience, "--server-jwt-keys", directory.PathOf("jwks.json"), "--server-audit", audit, "--server-audit-size=4096", "--server-audit-keep=1",
            ],
            Preload());
        var token = issuer.Make();
        var first = await AskAsync(server, key);
        var ofToken = await AskAsync(server, token);

        await SetAsync(server, key, "+400d");
        var forward = await AskAsync(server, key);
        var ofTokenForward = await AskAsync(server, token);
        for (var i = 0; i < 20; i++)
        {
            // Closes files of the audit log, whose entries are of long ago by now.
            await AskAsync(server, key);
        }

        await SetAsync(server, key, "-400d");
        var back = await AskAsync(server, key);
        var ofTokenBack = await AskAsync(server, token);
        var next = ApiKeyFile.Add(keys, "next", [ApiKeyScopes.Predict]);
        await RepositoryServer.UntilAsync(async () => (await AskAsync(server, next)).Status == HttpStatusCode.OK);
        Set("+0");
        var uptime = await UptimeAsync(server, key);
        await server.Process.SignalAsync("TERM");
        var ended = await server.Process.WaitForExitAsync();
        var verdict = await AuditChain.VerifyAsync(audit, null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "miss"), (first.Status, first.Cache));
        Assert.All([forward, back], answer => Assert.Equal((HttpStatusCode.OK, "hit"), (answer.Status, answer.Cache)));
        Assert.True(forward.Remaining < first.Remaining && back.Remaining < forward.Remaining, "The window of the limit has not begun anew.");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (ofToken.Status, ofTokenForward.Status, ofTokenBack.Status));
        Assert.InRange(uptime, 0, 600);
        Assert.Equal(0, ended.ExitCode);
        Assert.Equal((true, 1L), (verdict.IsIntact, verdict.First));
        Assert.InRange(verdict.Files, 2, 100);
    }

    public void Dispose() => directory.Dispose();

    private static async Task<(HttpStatusCode Status, string? Cache, int Remaining, DateTimeOffset Date)> AskAsync(FlamaServer server, string credentials)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri("/predict/", UriKind.Relative))
        {
            Content = new StringContent("""{"input": [[0, 1]]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credentials);
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (
            answer.StatusCode,
            answer.Headers.TryGetValues("X-Cache", out var cache) ? string.Concat(cache) : null,
            int.Parse(string.Concat(answer.Headers.GetValues("RateLimit-Remaining")), System.Globalization.CultureInfo.InvariantCulture),
            answer.Headers.Date!.Value);
    }

    private static async Task<double> UptimeAsync(FlamaServer server, string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/stats", UriKind.Relative));
        request.Headers.Add("X-API-Key", key);
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.GetProperty("uptime_s").GetDouble();
    }

    // The server's dates are a second old at most.
    private async Task SetAsync(FlamaServer server, string key, string offset)
    {
        var before = (await AskAsync(server, key)).Date;
        Set(offset);
        await RepositoryServer.UntilAsync(async () => ((await AskAsync(server, key)).Date - before).Duration() > TimeSpan.FromDays(399));
    }

    // In one step, so that nobody reads a half of it.
    private void Set(string offset)
    {
        File.WriteAllText($"{ClockPath}.new", $"{offset}\n");
        File.Move($"{ClockPath}.new", ClockPath, overwrite: true);
    }

    private Dictionary<string, string> Preload()
    {
        var library = OperatingSystem.IsLinux() && Directory.Exists("/usr/lib")
            ? Directory.EnumerateDirectories("/usr/lib", "faketime", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = true })
                .Select(found => Path.Combine(found, "libfaketime.so.1")).FirstOrDefault(File.Exists)
            : null;
        Assert.SkipWhen(library is null, "libfaketime is not installed (Debian: apt-get install faketime).");
        return new(StringComparer.Ordinal)
        {
            ["LD_PRELOAD"] = library!,
            ["FAKETIME_TIMESTAMP_FILE"] = ClockPath,
            ["FAKETIME_NO_CACHE"] = "1",

            // Steps of the time of day; what has passed since the start of the machine stays.
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["DONT_FAKE_MONOTONIC"] = "1",
        };
    }
}
