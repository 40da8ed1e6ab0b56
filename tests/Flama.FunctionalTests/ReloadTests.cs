using System.Globalization;
using System.Net;

namespace Flama.FunctionalTests;

/// <summary>The served model file is replaced while the server answers.</summary>
public sealed class ReloadTests : IDisposable
{
    private const string Request = """{"input": [[1]]}""";

    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    private string Model => Path.Combine(directory, "model.pkl");

    [Fact]
    public async Task Replace_SeveralTimesUnderLoad_NoRequestFailsAndOnlyTheNewModelAnswers()
    {
        const int replacements = 6;
        await File.WriteAllBytesAsync(Model, LinearModel.Pickle(1, 0), TestContext.Current.CancellationToken);
        await using var server = await StartAsync();
        using CancellationTokenSource done = new();
        var clients = Enumerable.Range(0, 4).Select(_ => AskAsync(server, done.Token)).ToArray();

        for (var i = 1; i <= replacements; i++)
        {
            await ReplaceAsync((Way)(i % 3), LinearModel.Pickle(1, i));
            await server.Process.WaitForErrorAsync("INFO:     Replaced: Model 'model' is LinearRegression");
            Assert.Equal(Answer(i), await AskOnceAsync(server));
        }

        await done.CancelAsync();
        var answers = (await Task.WhenAll(clients)).SelectMany(seen => seen).ToList();
        var possible = Enumerable.Range(0, replacements + 1).Select(Answer).ToHashSet(StringComparer.Ordinal);
        Assert.All(answers, answer => Assert.Contains(answer, possible));
        Assert.True(answers.Distinct(StringComparer.Ordinal).Count() > 2, "The load did not see the replacements.");
    }

    [Fact]
    public async Task Replace_ByABrokenFile_KeepsTheOldModelAndSaysSoOnce()
    {
        await File.WriteAllBytesAsync(Model, LinearModel.Pickle(1, 0), TestContext.Current.CancellationToken);
        await using var server = await StartAsync();

        await File.WriteAllTextAsync(Model, "no model at all", TestContext.Current.CancellationToken);
        var warning = await server.Process.WaitForErrorAsync("WARNING:");
        var during = await AskOnceAsync(server);
        await File.WriteAllBytesAsync(Model, LinearModel.Pickle(1, 7), TestContext.Current.CancellationToken);
        var next = await server.Process.WaitForErrorAsync("");

        Assert.StartsWith($"WARNING:  Model 'model' stays as it is: '{Model}' has changed and cannot be loaded: ", warning, StringComparison.Ordinal);
        Assert.Equal(Answer(0), during);
        Assert.StartsWith("INFO:     Replaced: ", next, StringComparison.Ordinal);
        Assert.Equal(Answer(7), await AskOnceAsync(server));
    }

    [Fact]
    public async Task Delete_AndCreateAgain_ServesTheNewFile()
    {
        await File.WriteAllBytesAsync(Model, LinearModel.Pickle(1, 0), TestContext.Current.CancellationToken);
        await using var server = await StartAsync();

        File.Delete(Model);
        var gone = await server.Process.WaitForErrorAsync("");
        var during = await AskOnceAsync(server);
        await File.WriteAllBytesAsync(Model, LinearModel.Pickle(1, 3), TestContext.Current.CancellationToken);
        await server.Process.WaitForErrorAsync("Replaced");

        Assert.Equal($"WARNING:  Model 'model' stays as it is: '{Model}' is gone", gone);
        Assert.Equal([Answer(0), Answer(3)], [during, await AskOnceAsync(server)]);
    }

    [Fact]
    public async Task Replace_ByAModelOfAnotherKind_ChangesRoutesSchemaAndInspection()
    {
        await File.WriteAllBytesAsync(Model, LinearModel.Pickle(1, 0), TestContext.Current.CancellationToken);
        await using var server = await StartAsync();
        var schema = await server.GetStringAsync("/schema/");
        using var early = await server.PostAsync("/predict_proba/", $"{{\"input\": {Xor.Rows}}}");

        await ReplaceAsync(Way.RenameOver, await File.ReadAllBytesAsync(Xor.Path, TestContext.Current.CancellationToken));
        await server.Process.WaitForErrorAsync("Replaced: Model 'model' is MLPClassifier");

        using var late = await server.PostAsync("/predict_proba/", $"{{\"input\": {Xor.Rows}}}");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (early.StatusCode, late.StatusCode));
        Assert.DoesNotContain("/predict_proba/", schema, StringComparison.Ordinal);
        Assert.Contains("/predict_proba/", await server.GetStringAsync("/schema/"), StringComparison.Ordinal);
        Assert.Contains("MLPClassifier", await server.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_InAWatchedDirectory_LoadsTheModelAgain_UnlessItIsLeftOut()
    {
        var watched = Directory.CreateDirectory(Path.Combine(directory, "watched")).FullName;
        await File.WriteAllBytesAsync(Model, LinearModel.Pickle(1, 0), TestContext.Current.CancellationToken);
        await using var server = await StartAsync(
            "--server-reload-dirs", watched, "--server-reload-includes", "*.csv", "--server-reload-excludes", "draft*");

        await File.WriteAllTextAsync(Path.Combine(watched, "notes.txt"), "x", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(watched, "draft.csv"), "x", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(watched, "rows.csv"), "x", TestContext.Current.CancellationToken);
        await server.Process.WaitForErrorAsync("Replaced");
        await server.Process.SignalAsync("TERM");
        var result = await server.Process.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("Replaced", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReloadOptions_WithoutReload_AreWarnedOf_AndADirectoryMustExist()
    {
        await File.WriteAllBytesAsync(Model, LinearModel.Pickle(1, 0), TestContext.Current.CancellationToken);

        await using var server = await FlamaServer.StartAsync([Model, "--server-port=0", "--server-reload-delay=1"]);
        var missing = await FlamaProcess.RunAsync(["serve", Model, "--server-reload", "--server-reload-dirs", Path.Combine(directory, "nope")]);

        Assert.Contains(server.StartLines, line => line.Contains("no --server-reload: --server-reload-delay", StringComparison.Ordinal));
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("there is no such directory", missing.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static string Answer(int intercept) => string.Create(CultureInfo.InvariantCulture, $"{{\"output\":[{1 + intercept}.0]}}");

    private Task<FlamaServer> StartAsync(params string[] options) =>
        FlamaServer.StartAsync([Model, "--server-port=0", "--server-no-access-log", "--server-reload", "--server-reload-delay=0.05", .. options]);

    private async Task ReplaceAsync(Way way, byte[] content)
    {
        var other = Path.Combine(directory, $"{Guid.NewGuid():N}.pkl");
        switch (way)
        {
            case Way.RenameOver:
                await File.WriteAllBytesAsync(other, content, TestContext.Current.CancellationToken);
                File.Move(other, Model, overwrite: true);
                break;
            case Way.Link:
                await File.WriteAllBytesAsync(other, content, TestContext.Current.CancellationToken);
                var link = $"{other}.link";
                File.CreateSymbolicLink(link, other);
                File.Move(link, Model, overwrite: true);
                break;
            default:
                await WriteInPiecesAsync(content);
                break;
        }
    }

    // In place, and slowly enough for the server to meet a part of it.
    private async Task WriteInPiecesAsync(byte[] content)
    {
        await using FileStream file = new(Model, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1);
        foreach (var piece in content.Chunk(40))
        {
            await file.WriteAsync(piece, TestContext.Current.CancellationToken);
            await file.FlushAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> AskOnceAsync(FlamaServer server)
    {
        using var answer = await server.PostAsync("/predict/", Request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<string>> AskAsync(FlamaServer server, CancellationToken done)
    {
        List<string> answers = [];
        while (!done.IsCancellationRequested)
        {
            answers.Add(await AskOnceAsync(server));
        }

        return answers;
    }

    private enum Way
    {
        InPlace,
        RenameOver,
        Link,
    }
}
