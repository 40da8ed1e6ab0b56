using Flama.FunctionalTests.Docs;
using Flama.Tests;

namespace Flama.FunctionalTests.Stores;

/// <summary>Models in S3.</summary>
public sealed class S3StoreTests(S3Store store) : StoreTests<S3Store>(store), IClassFixture<S3Store>
{
    private readonly S3Store store = store;

    [Fact]
    public async Task Pull_WithoutCredentials_IsToldSo_AndAsksAnonymouslyOnRequest()
    {
        using TemporaryDirectory directory = new();
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL_S3"] = store.Variables(store.Port)["AWS_ENDPOINT_URL_S3"],
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["HOME"] = directory.Root,
            ["XDG_CACHE_HOME"] = directory.Root,
        };
        await store.PutAsync("open.bin", [1, 2, 3]);

        var without = await FlamaProcess.RunAsync(["pull", store.LocationOf("open.bin")], variables: variables);
        var anonymous = await FlamaProcess.RunAsync(["pull", store.LocationOf("open.bin"), "--server-source-anonymous"], variables: variables);

        Assert.StartsWith("Error: 's3://models/open.bin' cannot be read: Failed to resolve AWS credentials.", without.Error, StringComparison.Ordinal);
        Assert.Contains("set IsAnonymous (--server-source-anonymous)", without.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (anonymous.ExitCode, anonymous.Error));
    }

    [Fact]
    public async Task Commands_OfTheGuide_Work()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The commands are those of a Unix shell.");
        using TemporaryDirectory directory = new();
        var block = DocumentBlocks.Of(Path.Combine("docs", "guide", "production.md"), "").Single(block => block[0].StartsWith("flama pull s3://", StringComparison.Ordinal));
        var serve = block.Single(line => line.StartsWith("flama serve ", StringComparison.Ordinal));
        var variables = store.Variables(store.Port);
        variables["XDG_CACHE_HOME"] = directory.Root;
        await store.PutAsync("production/churn/model.flm", await File.ReadAllBytesAsync(Churn.Path, TestContext.Current.CancellationToken));
        var program = $"flama() {{ '{FlamaProcess.Host}' '{Path.Combine(AppContext.BaseDirectory, "flama.dll")}' \"$@\"; }}\n";

        await using var shell = FlamaProcess.StartOther(["sh", "-c", $"set -e\n{program}{string.Join('\n', block.Where(line => line != serve))}"], variables);
        var answers = await shell.WaitForExitAsync();
        await using var server = await FlamaServer.StartAsync([.. serve.Split(' ').Skip(2), "--server-port", "0"], variables);

        Assert.Equal((0, ""), (answers.ExitCode, answers.Error));
        Assert.Contains("/model.flm\n{\"meta\":", answers.Output, StringComparison.Ordinal);
        Assert.StartsWith("{\"meta\":", await server.GetStringAsync("/churn/"), StringComparison.Ordinal);
    }
}
