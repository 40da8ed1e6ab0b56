using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Flama.Hosting.Keys;
using Flama.Tests;

namespace Flama.FunctionalTests;

public sealed class KeyTests
{
    private const string Body = """{"input": [[0, 1]]}""";

    // What is protected: method and path.
    private static readonly (string Method, string Path)[] Protected =
    [
        ("GET", "/xor/"), ("HEAD", "/xor/"), ("POST", "/xor/predict/"), ("POST", "/xor/predict_proba/"), ("POST", "/xor/stream/"), ("GET", "/xor/stream/"),
        ("GET", "/metrics"), ("HEAD", "/metrics"), ("GET", "/stats/"),
    ];

    [Fact]
    public async Task Key_DecidesWhatACallerMayDo()
    {
        using TemporaryDirectory directory = new();
        var predict = await AddAsync(directory, "web");
        var inspect = await AddAsync(directory, "ops", "--scope", "inspect");
        var both = await AddAsync(directory, "shop", "--scope", "predict,inspect", "--for-model", "other");
        await using var server = await StartAsync(directory);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, HttpMethod.Post, "/xor/predict/", null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, HttpMethod.Post, "/xor/predict/", predict));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, HttpMethod.Post, "/xor/predict/", predict, asBearer: true));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, HttpMethod.Get, "/xor/", predict));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, HttpMethod.Get, "/xor/", inspect));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, HttpMethod.Post, "/xor/predict/", inspect));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, HttpMethod.Post, "/xor/predict/", both));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, HttpMethod.Post, "/other/predict/", both));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, HttpMethod.Post, "/xor/predict/", predict[..^1] + (predict[^1] == '0' ? '1' : '0')));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, HttpMethod.Get, "/health/ready", null));
    }

    [Fact]
    public async Task Refusal_WithoutAKey_TellsHowAndNothingElse()
    {
        using TemporaryDirectory directory = new();
        await AddAsync(directory, "web");
        await using var server = await StartAsync(directory);

        using var answer = await server.PostAsync("/xor/predict/", Body);

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain(directory.Root, text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"   at |\.cs|Microsoft\.|Flama\.|\d+\.\d+\.\d+", text);
    }

    [Fact]
    public async Task Keys_ThatChange_CountWithoutARestart()
    {
        using TemporaryDirectory directory = new();
        var first = await AddAsync(directory, "first");
        await using var server = await StartAsync(directory);
        var before = await StatusAsync(server, HttpMethod.Post, "/xor/predict/", first);

        var second = await AddAsync(directory, "second");
        var removed = await FlamaProcess.RunAsync(["key", "remove", "first", "--server-keys", directory.PathOf("keys.json")]);
        await UntilAsync(server, second, HttpStatusCode.OK);
        var after = await StatusAsync(server, HttpMethod.Post, "/xor/predict/", first);
        await File.WriteAllTextAsync(directory.PathOf("keys.json"), "{\"keys\": [", TestContext.Current.CancellationToken);
        var warning = server.Process.WaitForErrorAsync("The keys stay as they are");
        while (!warning.IsCompleted)
        {
            // The file is looked at when a key is asked for.
            await StatusAsync(server, HttpMethod.Post, "/xor/predict/", second);
        }

        await warning;
        var damaged = await StatusAsync(server, HttpMethod.Post, "/xor/predict/", second);
        using var health = System.Text.Json.JsonDocument.Parse(await server.GetStringAsync("/health/ready/"));
        File.Delete(directory.PathOf("keys.json"));
        await UntilAsync(server, second, HttpStatusCode.Unauthorized);

        Assert.Equal((HttpStatusCode.OK, 0, HttpStatusCode.Unauthorized, HttpStatusCode.OK), (before, removed.ExitCode, after, damaged));
        Assert.Equal(("degraded", "degraded"), (health.RootElement.GetProperty("status").GetString(), health.RootElement.GetProperty("checks").GetProperty("flama.keys").GetString()));
    }

    [Fact]
    public async Task ProtectedRoute_ByAnySpelling_IsNotReachedWithoutAKey()
    {
        using TemporaryDirectory directory = new();
        var key = await AddAsync(directory, "web", "--scope", "predict,inspect");
        await using var server = await StartAsync(directory, "--app-metrics=/metrics", "--app-stats=/stats/", "--server-rate-limit=10000000", "--server-cache");
        List<string> reached = [];
        foreach (var (method, path) in Protected)
        {
            foreach (var verb in new[] { method, "GET", "POST", "PUT", "CONNECT", method.ToLowerInvariant() }.Distinct(StringComparer.Ordinal))
            {
                foreach (var spelling in OddRequests.Spellings)
                {
                    var target = spelling(path);
                    var status = await OddRequests.SendAsync(server.Address, verb, target, "");
                    if (status is < 300 and not 0)
                    {
                        reached.Add($"{verb} {target}: {status}");
                    }
                }
            }

            foreach (var extra in OddRequests.Extras)
            {
                var status = await OddRequests.SendAsync(server.Address, method, path, extra);
                if (status != 401)
                {
                    reached.Add($"{method} {path} with {extra}: {status}");
                }
            }
        }

        Assert.Empty(reached);
        Assert.Equal(200, await OddRequests.SendAsync(server.Address, "POST", "/xor/predict/", $"X-API-Key: {key}"));
        Assert.Equal(101, await OddRequests.SendAsync(server.Address, "GET", "/xor/stream/", $"X-API-Key: {key}"));
    }

    [Fact]
    public async Task Schema_WithKeys_ShowsHowToSendThem()
    {
        using TemporaryDirectory directory = new();
        await AddAsync(directory, "web");
        await using var server = await StartAsync(directory);

        using var schema = JsonDocument.Parse(await server.GetStringAsync("/schema/"));

        var schemes = schema.RootElement.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal(("apiKey", "X-API-Key"), (schemes.GetProperty("ApiKey").GetProperty("type").GetString(), schemes.GetProperty("ApiKey").GetProperty("name").GetString()));
        Assert.Equal("bearer", schemes.GetProperty("Bearer").GetProperty("scheme").GetString());
        foreach (var operation in schema.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()))
        {
            Assert.Equal(2, operation.Value.GetProperty("security").GetArrayLength());
            Assert.True(operation.Value.GetProperty("responses").TryGetProperty("401", out _));
        }
    }

    [Fact]
    public async Task Command_Key_ListsWithoutSecrets()
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf("keys.json");
        var key = await AddAsync(directory, "web", "--scope", "predict", "--scope", "admin");

        var list = await FlamaProcess.RunAsync(["key", "list", "--server-keys", file]);
        var twice = await FlamaProcess.RunAsync(["key", "add", "web", "--server-keys", file]);
        var unknown = await FlamaProcess.RunAsync(["key", "remove", "nobody", "--server-keys", file]);
        var scope = await FlamaProcess.RunAsync(["key", "add", "x", "--scope", "everything", "--server-keys", file]);
        var action = await FlamaProcess.RunAsync(["key", "make", "x", "--server-keys", file]);

        Assert.Matches("^flama_[0-9a-f]{12}_[0-9a-f]{64}$", key);
        Assert.Matches(@"^[0-9a-f]{12}\tweb\tpredict,admin\t\*\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n$", list.Output);
        Assert.DoesNotContain(key[^64..], await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal([2, 2, 2, 2], new[] { twice, unknown, scope, action }.Select(run => run.ExitCode));
        Assert.Equal($"Error: '{file}' has a key 'web' already.\nRemove it first, or choose another name.\n", twice.Error);
    }

    [Fact]
    public async Task Serve_WithoutTheFileOfKeys_DoesNotStart()
    {
        var run = await FlamaProcess.RunAsync(["serve", Xor.Path, "--server-port", "0", "--server-keys", "/nowhere/keys.json"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Error: There is no file of keys '/nowhere/keys.json'.\nMake a key: flama key add NAME\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"keys\": [{\"id\": \"0123")]
    [InlineData("")]
    public async Task Serve_WithADamagedFileOfKeys_DoesNotStart(string content)
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf("keys.json");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

        var run = await FlamaProcess.RunAsync(["serve", Xor.Path, "--server-port", "0", "--server-keys", file]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            $"Error: '{file}' is not a file of keys: it is not what flama key writes.\nPut a copy from before in its place, or move it away and make keys anew: flama key add NAME\n",
            string.Concat(run.ErrorLines.Where(line => !line.StartsWith("INFO:", StringComparison.Ordinal)).Select(line => $"{line}\n")));
    }

    [Fact]
    public async Task Keys_AddedByProcessesAtTheSameTime_AreAllValid()
    {
        using TemporaryDirectory directory = new();
        await AddAsync(directory, "first");
        await using var server = await StartAsync(directory);

        var keys = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => AddAsync(directory, $"of process {i}")));

        foreach (var key in keys)
        {
            await UntilAsync(server, key, HttpStatusCode.OK);
        }

        Assert.Equal(7, ApiKeyFile.Read(directory.PathOf("keys.json")).Count);
    }

    [Fact]
    public async Task Keys_RotatedUnderLoad_RefuseNoValidOne_AndARemovedOneWithinASecond()
    {
        using TemporaryDirectory directory = new();
        var steady = await AddAsync(directory, "steady");
        await using var server = await StartAsync(directory, "--server-no-access-log");
        using CancellationTokenSource over = new();
        var load = Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            HashSet<HttpStatusCode> seen = [];
            while (!over.IsCancellationRequested)
            {
                seen.Add(await StatusAsync(server, HttpMethod.Post, "/xor/predict/", steady));
            }

            return seen;
        }));

        var longest = TimeSpan.Zero;
        for (var i = 0; i < 8; i++)
        {
            var next = ApiKeyFile.Add(directory.PathOf("keys.json"), "next", [ApiKeyScopes.Predict]);
            await UntilAsync(server, next, HttpStatusCode.OK);
            ApiKeyFile.Remove(directory.PathOf("keys.json"), "next");
            var removed = Stopwatch.GetTimestamp();
            await UntilAsync(server, next, HttpStatusCode.Unauthorized);
            longest = longest > Stopwatch.GetElapsedTime(removed) ? longest : Stopwatch.GetElapsedTime(removed);
        }

        await over.CancelAsync();

        Assert.All(await load, seen => Assert.Equal([HttpStatusCode.OK], seen));

        // A quarter of a second between two looks, and what a busy machine adds.
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task FileOfKeys_IsReadByItsOwnerOnly_FromItsFirstMoment()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There are no such permissions.");
            return;
        }

        using TemporaryDirectory directory = new();
        var file = directory.PathOf("keys.json");

        await AddAsync(directory, "first");
        var made = File.GetUnixFileMode(file);
        File.SetUnixFileMode(file, made | UnixFileMode.GroupRead);
        await AddAsync(directory, "second");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, made);
        Assert.Equal(made | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
    }

    private static Task<FlamaServer> StartAsync(TemporaryDirectory directory, params string[] options) => FlamaServer.StartAsync(
        ["--model", $"file={Xor.Path},name=xor,url=/xor/", "--model", $"file={Xor.Path},name=other,url=/other/", "--server-port", "0", "--server-keys", directory.PathOf("keys.json"), .. options]);

    private static async Task<string> AddAsync(TemporaryDirectory directory, string name, params string[] options)
    {
        var run = await FlamaProcess.RunAsync(["key", "add", name, "--server-keys", directory.PathOf("keys.json"), .. options]);
        Assert.Equal(0, run.ExitCode);
        return run.Output.Trim();
    }

    private static async Task<HttpStatusCode> StatusAsync(FlamaServer server, HttpMethod method, string path, string? key, bool asBearer = false)
    {
        using HttpRequestMessage request = new(method, new Uri(path, UriKind.Relative));
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent(Body, Encoding.UTF8, "application/json");
        }

        if (asBearer)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
        else if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    // The file is looked at a few times in a second.
    private static async Task UntilAsync(FlamaServer server, string key, HttpStatusCode expected)
    {
        while (await StatusAsync(server, HttpMethod.Post, "/xor/predict/", key) != expected)
        {
            await Task.Yield();
        }
    }
}
