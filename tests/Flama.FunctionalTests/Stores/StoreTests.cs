using System.Net;
using System.Text;
using Flama.Tests;

namespace Flama.FunctionalTests.Stores;

/// <summary>Model files and repositories in a store of objects: what holds for all of them.</summary>
public abstract class StoreTests<TStore> : IDisposable
    where TStore : ObjectStore
{
    private const int LargeLength = 300_000, BreakAt = 100_000;

    private static readonly byte[] First = LinearModel.Pickle(1, 0);
    private static readonly byte[] Second = LinearModel.Pickle(1, 5);

    private readonly TemporaryDirectory directory = new();
    private readonly TStore store;

    protected StoreTests(TStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        Assert.SkipWhen(store.Absence is not null, store.Absence ?? "");
        this.store = store;
    }

    public void Dispose()
    {
        directory.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Pull_ThatBreaks_GoesOnWhereItBroke_AndIsNotDownloadedTwice()
    {
        var content = LargeFile(1);
        await store.PutAsync("large.bin", content);
        await using DroppingProxy proxy = new(store.Port) { BreakAfter = BreakAt };

        var first = await PullAsync("large.bin", proxy.Port);
        var again = await PullAsync("large.bin", proxy.Port);

        Assert.Equal((0, "", 0, first.Output), (first.ExitCode, first.Error, again.ExitCode, again.Output));
        Assert.Equal(content, await File.ReadAllBytesAsync(first.Output.Trim(), TestContext.Current.CancellationToken));
        var offset = int.Parse(Assert.Single(proxy.Offsets), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(offset, 1, BreakAt);
    }

    [Fact]
    public async Task Pull_ObjectThatChangesInTheMiddle_IsTheNewOneAsAWhole()
    {
        var next = LargeFile(3);
        await store.PutAsync("changing.bin", LargeFile(2));
        await using DroppingProxy proxy = new(store.Port) { BreakAfter = BreakAt, OnBreak = () => store.PutAsync("changing.bin", next) };

        var pulled = await PullAsync("changing.bin", proxy.Port);

        Assert.Equal((0, ""), (pulled.ExitCode, pulled.Error));
        Assert.Equal(next, await File.ReadAllBytesAsync(pulled.Output.Trim(), TestContext.Current.CancellationToken));
        Assert.NotEmpty(proxy.Offsets);
    }

    [Fact]
    public async Task Commands_TakeModelsOfTheStore_AndSayWhatIsNotThere()
    {
        await store.PutAsync("commands/model.pkl", First);

        var answer = await RunAsync(["model", store.LocationOf("commands/model.pkl"), "predict"], "[[2]]");
        var missing = await PullAsync("nope.flm", store.Port);
        var large = await PullAsync("commands/model.pkl", store.Port, "--server-source-limit", "50", "--server-source-cache", directory.PathOf("other"));
        var other = await PullAsync("commands/model.pkl", store.Port, "--server-source-hosts", "elsewhere");
        var bucket = await PullAsync("", store.Port);

        Assert.Equal((0, "[2.0]\n"), (answer.ExitCode, answer.Output));
        Assert.Contains($"'{store.LocationOf("nope.flm")}' cannot be read: it answers 404", missing.Error, StringComparison.Ordinal);
        Assert.Contains("is larger than the limit of 50 bytes", large.Error, StringComparison.Ordinal);
        Assert.Contains("its host is not among those that are allowed", other.Error, StringComparison.Ordinal);
        Assert.Contains("it names no object", bucket.Error, StringComparison.Ordinal);
        if (store.Secret is { } secret)
        {
            Assert.DoesNotContain(secret, answer.Error + missing.Error + large.Error + other.Error + bucket.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Serve_AnObject_FollowsIt_AndStartsFromTheCacheWhenTheStoreIsGone()
    {
        await store.PutAsync("followed/model.pkl", First);
        string[] arguments = [store.LocationOf("followed/model.pkl"), "--server-port", "0", "--server-source-cache", directory.PathOf("cache"), "--server-source-poll", "0.1"];
        await using (var server = await FlamaServer.StartAsync(arguments, store.Variables(store.Port)))
        {
            var before = await AskAsync(server, "/predict/");
            await store.PutAsync("followed/model.pkl", Encoding.UTF8.GetBytes("not a model"));
            await server.Process.WaitForErrorAsync("stays as it is");
            var during = await AskAsync(server, "/predict/");
            await store.PutAsync("followed/model.pkl", Second);
            await server.Process.WaitForErrorAsync("Replaced");

            Assert.Equal(("{\"output\":[1.0]}", "{\"output\":[1.0]}", "{\"output\":[6.0]}"), (before, during, await AskAsync(server, "/predict/")));
        }

        await using DroppingProxy nobody = new(store.Port);
        await nobody.EndAsync();
        await using var alone = await FlamaServer.StartAsync(arguments, store.Variables(nobody.Port));

        Assert.Contains(alone.StartLines, line => line.StartsWith("WARNING:  Model 'model' is from the cache: ", StringComparison.Ordinal));
        Assert.Equal("{\"output\":[6.0]}", await AskAsync(alone, "/predict/"));
    }

    [Fact]
    public async Task Serve_ARepository_TakesVersionsAsTheyCome_AndGoesOnWithoutTheStore()
    {
        await store.PutAsync("repository/plain/model.pkl", First);
        await store.PutAsync("repository/two/1/model.pkl", First);
        await store.PutAsync("repository/two/2/model.pkl", Second);
        await store.PutAsync("repository/triton/1/model.onnx", Second);
        await store.PutAsync("repository2/other/model.pkl", Second);
        await using DroppingProxy proxy = new(store.Port);
        string[] arguments =
        [
            "--repository", store.LocationOf("repository"), "--repository-poll", "0.1", "--repository-versions", "all", "--server-port", "0",
            "--server-source-cache", directory.PathOf("cache"),
        ];
        await using var server = await FlamaServer.StartAsync(arguments, store.Variables(proxy.Port));

        Assert.Contains(server.StartLines, line => line.Contains($"Repository '{store.LocationOf("repository")}' has 3 models at ", StringComparison.Ordinal));
        Assert.Equal("{\"output\":[1.0]}", await AskAsync(server, "/plain/predict/"));
        Assert.Equal("{\"output\":[1.0]}", await AskAsync(server, "/two/versions/1/predict/"));
        Assert.Equal("{\"output\":[6.0]}", await AskAsync(server, "/two/predict/"));

        await store.PutAsync("repository/two/3/model.pkl", LinearModel.Pickle(1, 9));
        await store.PutAsync("repository/plain/model.pkl", Second);
        await RepositoryServer.UntilAsync(async () => await AskAsync(server, "/two/predict/") == "{\"output\":[10.0]}" && await AskAsync(server, "/plain/predict/") == "{\"output\":[6.0]}");
        await store.PutAsync("repository/two/versions.json", """{"default": "2"}"""u8.ToArray());
        await RepositoryServer.UntilAsync(async () => await AskAsync(server, "/two/predict/") == "{\"output\":[6.0]}");

        await proxy.EndAsync();
        await server.Process.WaitForErrorAsync("cannot be read");
        Assert.Equal("{\"output\":[6.0]}", await AskAsync(server, "/plain/predict/"));
        Assert.Equal("{\"output\":[10.0]}", await AskAsync(server, "/two/versions/3/predict/"));

        await using var again = await FlamaServer.StartAsync(arguments, store.Variables(proxy.Port));
        Assert.Contains(again.StartLines, line => line.Contains("begins as it was", StringComparison.Ordinal));
        Assert.Equal("{\"output\":[6.0]}", await AskAsync(again, "/two/predict/"));
    }

    private Task<FlamaResult> PullAsync(string name, int port, params string[] options) =>
        RunAsync(["pull", store.LocationOf(name), .. options], "", port);

    private Task<FlamaResult> RunAsync(IEnumerable<string> arguments, string input, int? port = null)
    {
        var variables = store.Variables(port ?? store.Port);
        variables["XDG_CACHE_HOME"] = directory.Root;
        return FlamaProcess.RunAsync(arguments, input, variables);
    }

    private static byte[] LargeFile(int seed)
    {
        var content = new byte[LargeLength];
        new Random(seed).NextBytes(content);
        return content;
    }

    private static async Task<string> AskAsync(FlamaServer server, string path)
    {
        using var answer = await server.PostAsync(path, """{"input": [[1]]}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
