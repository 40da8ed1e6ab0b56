using System.Net;
using System.Security.Cryptography;
using System.Text;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>Model files that are elsewhere.</summary>
public sealed class SourceTests : IDisposable
{
    private static readonly byte[] First = LinearModel.Pickle(1, 0);
    private static readonly byte[] Second = LinearModel.Pickle(1, 5);

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Pull_ThatBreaks_GoesOnWhereItBroke_AndIsNotDownloadedTwice()
    {
        await using FileServer server = new(First) { BreakAfter = 100 };

        var first = await PullAsync(server.Address);
        var again = await PullAsync(server.Address);

        Assert.Equal((0, 0), (first.ExitCode, again.ExitCode));
        Assert.Equal(first.Output, again.Output);
        Assert.Equal(First, await File.ReadAllBytesAsync(first.Output.Trim(), TestContext.Current.CancellationToken));
        Assert.Equal(["200 0-", "206 100-", "304"], server.Answers);
    }

    [Fact]
    public async Task Pull_FileThatChangedInTheMiddle_BeginsAnew()
    {
        await using FileServer server = new(First);
        var before = await PullAsync(server.Address);
        server.Change(Second);
        server.BreakAfter = 60;
        var killed = FlamaProcess.Start(["pull", server.Address, "--server-source-cache", directory.PathOf("cache")]);
        while (server.Answers.Count < 2)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await killed.SignalAsync("KILL");
        await killed.DisposeAsync();
        var during = await File.ReadAllBytesAsync(before.Output.Trim(), TestContext.Current.CancellationToken);
        server.Change(First.Concat(Second).ToArray());
        var after = await PullAsync(server.Address);

        Assert.True(during.SequenceEqual(First) || during.SequenceEqual(Second), "The file was neither the old one nor the new one.");
        Assert.Equal(First.Concat(Second), await File.ReadAllBytesAsync(after.Output.Trim(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Pull_WithADigest_TakesNothingElse()
    {
        await using FileServer server = new(First);
        var digest = Convert.ToHexStringLower(SHA256.HashData(First));

        var wrong = await PullAsync(server.Address, "--sha256", new string('0', 64));
        var right = await PullAsync(server.Address, "--sha256", digest);
        var cached = await PullAsync(server.Address, "--sha256", digest);

        Assert.Equal((1, 0, 0), (wrong.ExitCode, right.ExitCode, cached.ExitCode));
        Assert.Contains($"has the SHA-256 {digest}, and 000", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(2, server.Answers.Count);
    }

    [Fact]
    public async Task Pull_WhatIsNotAllowed_IsRefused()
    {
        await using FileServer target = new(First);
        await using FileServer server = new(First) { Redirect = target.Address };

        var redirect = await PullAsync(server.Address);
        var large = await PullAsync(target.Address, "--server-source-limit", "50");
        var host = await PullAsync(target.Address, "--server-source-hosts", "*.example.org");
        var path = await PullAsync("models/churn.flm");
        var allowed = await PullAsync(server.Address, "--server-source-private-redirects");

        Assert.Contains("is an address of a private network", redirect.Error, StringComparison.Ordinal);
        Assert.Contains("is larger than the limit of 50 bytes", large.Error, StringComparison.Ordinal);
        Assert.Contains("its host is not among those that are allowed", host.Error, StringComparison.Ordinal);
        Assert.Equal((1, 1, 1, 2, 0), (redirect.ExitCode, large.ExitCode, host.ExitCode, path.ExitCode, allowed.ExitCode));
    }

    [Fact]
    public async Task Serve_FromAnAddress_FollowsTheFile_AndStartsFromTheCacheWhenItIsGone()
    {
        await using (FileServer source = new(First))
        {
            await using var server = await StartAsync(source.Address);
            var before = await AskAsync(server);

            source.Change(Encoding.UTF8.GetBytes("not a model"));
            await server.Process.WaitForErrorAsync("stays as it is");
            var during = await AskAsync(server);
            source.Change(Second);
            await server.Process.WaitForErrorAsync("Replaced");

            Assert.Equal(("{\"output\":[1.0]}", "{\"output\":[1.0]}", "{\"output\":[6.0]}"), (before, during, await AskAsync(server)));
            gone = source.Address;
        }

        await using var alone = await StartAsync(gone);

        Assert.Contains(alone.StartLines, line => line.StartsWith("WARNING:  Model 'model' is from the cache: ", StringComparison.Ordinal));
        Assert.Equal("{\"output\":[6.0]}", await AskAsync(alone));
    }

    [Fact]
    public async Task Serve_WhenTheDiskIsFull_TheOldOneStays_AndTheNextThatFitsIsTaken()
    {
        const string mount = "mount -t tmpfs -o size=256k none \"$0\" && exec \"$@\"";
        Directory.CreateDirectory(directory.PathOf("cache"));
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && (await FlamaProcess.RunOtherAsync("unshare", ["-rm", "sh", "-c", mount, directory.PathOf("cache"), "true"])).ExitCode == 0,
            "No small disk can be mounted here (unshare -rm).");
        await using FileServer source = new(First);
        await using var server = await FlamaServer.StartBehindAsync(
            ["unshare", "-rm", "sh", "-c", mount, directory.PathOf("cache")],
            [source.Address, "--server-port", "0", "--server-source-cache", directory.PathOf("cache"), "--server-source-poll", "0.1"]);
        var before = await AskAsync(server);

        source.Change(new byte[1 << 20]);
        var told = await server.Process.WaitForErrorAsync("stays as it is");
        var during = await AskAsync(server);
        source.Change(Second);
        await server.Process.WaitForErrorAsync("Replaced");

        Assert.Contains("The cache of model files cannot be written", told, StringComparison.Ordinal);
        Assert.Equal(("{\"output\":[1.0]}", "{\"output\":[1.0]}", "{\"output\":[6.0]}"), (before, during, await AskAsync(server)));
    }

    private string gone = "";

    private Task<FlamaServer> StartAsync(string address) => FlamaServer.StartAsync(
        [address, "--server-port", "0", "--server-source-cache", directory.PathOf("cache"), "--server-source-poll", "0.1"]);

    private Task<FlamaResult> PullAsync(string address, params string[] options) =>
        FlamaProcess.RunAsync(["pull", address, "--server-source-cache", directory.PathOf("cache"), .. options]);

    private static async Task<string> AskAsync(FlamaServer server)
    {
        using var answer = await server.PostAsync("/predict/", """{"input": [[1]]}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Pull_KilledBetweenTheLastByteAndTheRename_BeginsAnew()
    {
        await using FileServer server = new(First);
        var path = (await PullAsync(server.Address)).Output.Trim();
        var entry = Path.GetDirectoryName(path)!;
        File.Move(path, Path.Combine(entry, "part"));
        File.Move(Path.Combine(entry, "entry.json"), Path.Combine(entry, "part.json"));

        var again = await PullAsync(server.Address);

        Assert.Equal((0, path), (again.ExitCode, again.Output.Trim()));
        Assert.Equal(First, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(["200 0-", "416", "200 0-"], server.Answers);
    }
}
