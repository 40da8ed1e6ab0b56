using System.Net;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>What operators do with models, and who is one.</summary>
public sealed class AdminTests(RepositoryServer repository) : IClassFixture<RepositoryServer>
{
    private static readonly string Rows = $"{{\"input\": {Xor.Rows}}}";

    private static readonly (string Method, string Path)[] Routes =
    [
        ("GET", "/admin/models/"), ("GET", "/admin/models/xor/"), ("POST", "/admin/models/xor/load/"), ("POST", "/admin/models/xor/unload/"),
        ("POST", "/admin/models/xor/promote/?version=1"), ("POST", "/admin/models/xor/rollback/"),
    ];

    // Every path of a repository with its variants.
    private static readonly (string Method, string Path)[] Models =
    [
        ("GET", "/xor/"), ("POST", "/xor/predict/"), ("POST", "/xor/stream/"), ("GET", "/xor/stream/"), ("GET", "/xor/versions/"), ("GET", "/xor/versions/1/"),
        ("POST", "/xor/versions/1/predict/"),
    ];

    [Fact]
    public async Task Routes_ByAnySpelling_AreNotReachedWithoutAKey()
    {
        List<string> reached = [];
        foreach (var (method, path) in Routes.Concat(Models))
        {
            foreach (var verb in new[] { method, "GET", "POST" }.Distinct(StringComparer.Ordinal))
            {
                foreach (var spelling in OddRequests.Spellings)
                {
                    var target = spelling(path);
                    if (await OddRequests.SendAsync(repository.Server.Address, verb, target, "") is < 300 and not 0 and var status)
                    {
                        reached.Add($"{verb} {target}: {status}");
                    }
                }
            }

            foreach (var extra in OddRequests.Extras)
            {
                if (await OddRequests.SendAsync(repository.Server.Address, method, path, extra) is not 401 and var status)
                {
                    reached.Add($"{method} {path} with {extra}: {status}");
                }
            }
        }

        Assert.Empty(reached);
    }

    [Fact]
    public async Task Routes_WithAKeyWithoutTheScope_AreForbidden()
    {
        foreach (var (method, path) in Routes)
        {
            var (status, _, _) = await repository.SendAsync(new HttpMethod(method), path, repository.Caller);

            Assert.Equal(HttpStatusCode.Forbidden, status);
        }
    }

    [Fact]
    public async Task Load_Unload_ChangeWhatIsInMemory()
    {
        var loaded = await ActAsync("/admin/models/two/load/?version=1");
        var unloaded = await ActAsync("/admin/models/two/unload/?version=1");

        Assert.Equal((true, false), (VersionOf(loaded, "1").GetProperty("loaded").GetBoolean(), VersionOf(unloaded, "1").GetProperty("loaded").GetBoolean()));
        Assert.True(VersionOf(loaded, "1").GetProperty("memory_bytes").GetInt64() > 0);
    }

    [Fact]
    public async Task Promote_RollBack_ChangeWhichVersionAnswers()
    {
        repository.Put("led/1/model.flm", Xor.Path);
        repository.Put("led/2/model.flm", Xor.Path);
        await RepositoryServer.UntilAsync(async () => (await PredictAsync("/led/predict/")).Version == "2");

        var promoted = await ActAsync("/admin/models/led/promote/?version=1");
        var after = (await PredictAsync("/led/predict/")).Version;
        await ActAsync("/admin/models/led/promote/?version=2&label=canary");
        var canary = (await PredictAsync("/led/versions/canary/predict/")).Version;
        await ActAsync("/admin/models/led/rollback/");

        Assert.True(promoted.GetProperty("stored").GetBoolean());
        Assert.Equal(("1", "2", "2"), (after, canary, (await PredictAsync("/led/predict/")).Version));
    }

    [Theory]
    [InlineData("/admin/models/nope/load/", HttpStatusCode.NotFound, "model_not_found")]
    [InlineData("/admin/models/two/promote/", HttpStatusCode.BadRequest, "No version was named")]
    [InlineData("/admin/models/two/promote/?version=9", HttpStatusCode.NotFound, "has no version '9'")]
    [InlineData("/admin/models/two/promote/?version=1&label=7", HttpStatusCode.Conflict, "cannot be a label")]
    [InlineData("/admin/models/triton/load/", HttpStatusCode.Conflict, "not_a_model")]
    public async Task Request_ThatCannotBeDone_SaysWhy(string path, HttpStatusCode expected, string text)
    {
        var (status, body, _) = await repository.SendAsync(HttpMethod.Post, path, repository.Admin);

        Assert.Equal(expected, status);
        Assert.Contains(text, body, StringComparison.Ordinal);
        Assert.DoesNotContain("/tmp/", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_OfAModelThatIsNotOfARepository_PutsItsNewFileInPlace()
    {
        using TemporaryDirectory directory = new();
        var model = directory.PathOf("model.pkl");
        await File.WriteAllBytesAsync(model, LinearModel.Pickle(1, 0), TestContext.Current.CancellationToken);
        var key = (await FlamaProcess.RunAsync(["key", "add", "ops", "--scope", "predict,admin", "--server-keys", directory.PathOf("keys.json")])).Output.Trim();
        await using var server = await FlamaServer.StartAsync(
            ["--model", $"file={model},name=m,url=/m/", "--server-port", "0", "--server-keys", directory.PathOf("keys.json"), "--app-admin", "/admin/"]);
        server.Client.DefaultRequestHeaders.Add("X-API-Key", key);

        await File.WriteAllBytesAsync(model, LinearModel.Pickle(1, 5), TestContext.Current.CancellationToken);
        using var good = await server.PostAsync("/admin/models/m/load/", "");
        using var answer = await server.PostAsync("/m/predict/", """{"input": [[1]]}""");
        await File.WriteAllTextAsync(model, "no model", TestContext.Current.CancellationToken);
        using var bad = await server.PostAsync("/admin/models/m/load/", "");
        using var unload = await server.PostAsync("/admin/models/m/unload/", "");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict), (good.StatusCode, bad.StatusCode, unload.StatusCode));
        Assert.Equal("{\"output\":[6.0]}", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Serve_AdminWithoutKeys_DoesNotStart()
    {
        var run = await FlamaProcess.RunAsync(["serve", Xor.Path, "--server-port", "0", "--app-admin", "/admin/"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("anyone could change what is served", run.Error, StringComparison.Ordinal);
    }

    private async Task<JsonElement> ActAsync(string path)
    {
        var (status, text, _) = await repository.SendAsync(HttpMethod.Post, path, repository.Admin);
        Assert.Equal((HttpStatusCode.OK, text), (status, text));
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static JsonElement VersionOf(JsonElement answer, string version) =>
        answer.GetProperty("model").GetProperty("versions").EnumerateArray().Single(one => one.GetProperty("version").GetString() == version);

    private Task<(HttpStatusCode Status, string Text, string? Version)> PredictAsync(string path) => repository.SendAsync(HttpMethod.Post, path, repository.Caller, Rows);
}
