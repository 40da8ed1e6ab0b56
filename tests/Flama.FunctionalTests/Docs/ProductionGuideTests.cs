using Flama.Tests;

namespace Flama.FunctionalTests.Docs;

/// <summary>The commands of the guide to production do what it tells, typed as they stand there, but for ports that are free.</summary>
public sealed class ProductionGuideTests
{
    private const string Health = "Health is at ";

    [Fact]
    public async Task Commands_OfTheGuide_Work()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The commands are those of a Unix shell.");
        Assert.SkipUnless((await FlamaProcess.RunOtherAsync("sh", ["-c", "command -v curl"])).ExitCode == 0, "curl is not installed.");
        using TemporaryDirectory directory = new();
        var blocks = DocumentBlocks.Of(Path.Combine("docs", "guide", "production.md"), "").ToList();
        var serve = blocks[0].Single(line => line.StartsWith("flama serve churn.flm ", StringComparison.Ordinal));
        var program = $"flama() {{ '{FlamaProcess.Host}' '{Path.Combine(AppContext.BaseDirectory, "flama.dll")}' \"$@\"; }}\ncd '{directory.Root}'\n";
        var keys = await FlamaProcess.RunOtherAsync(
            "sh", ["-c", $"{program}{string.Join('\n', blocks[0].Where(line => line != serve))}\nprintf '%s\\n%s\\n' \"$KEY\" \"$OPS\""]);
        var made = keys.Output.Split('\n');

        await using var server = await FlamaServer.StartAsync(
            [Churn.Path, .. serve.Replace("keys.json", directory.PathOf("keys.json"), StringComparison.Ordinal).Replace("predictions.jsonl", directory.PathOf("predictions.jsonl"), StringComparison.Ordinal).Replace("audit.jsonl", directory.PathOf("audit.jsonl"), StringComparison.Ordinal).Split(' ').Skip(3), "--server-port", "0", "--health-port", "0"]);
        var line = server.StartLines.Single(line => line.Contains(Health, StringComparison.Ordinal));
        var commands = string.Join('\n', blocks[1])
            .Replace("http://127.0.0.1:8000", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8001", line[(line.IndexOf(Health, StringComparison.Ordinal) + Health.Length)..].Replace("/health/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var answers = await FlamaProcess.RunOtherAsync("sh", ["-c", $"set -e\nKEY={made[0]}\nOPS={made[1]}\n{program}{commands}"]);
        await server.Process.SignalAsync("TERM");
        var stopped = await server.Process.WaitForExitAsync();
        var audit = await FlamaProcess.RunOtherAsync("sh", ["-c", $"{program}{blocks.Single(block => block[0].StartsWith("flama audit", StringComparison.Ordinal))[0]}"]);

        Assert.Equal((0, 0), (keys.ExitCode, answers.ExitCode));
        Assert.StartsWith("{\"status\":\"healthy\"", answers.Output, StringComparison.Ordinal);
        Assert.Contains("{\"output\":[1]}", answers.Output, StringComparison.Ordinal);
        Assert.Contains("flama_request_duration_seconds_count{", answers.Output, StringComparison.Ordinal);
        Assert.Contains("\"errors_by_code\":{}", answers.Output, StringComparison.Ordinal);
        Assert.StartsWith("{\"event\":\"prediction\"", await File.ReadAllTextAsync(directory.PathOf("predictions.jsonl"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("Intact: entries 1 to ", audit.Output, StringComparison.Ordinal);
        Assert.Equal(0, stopped.ExitCode);
    }

    [Fact]
    public async Task RepositoryCommands_OfTheGuide_Work()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The commands are those of a Unix shell.");
        Assert.SkipUnless((await FlamaProcess.RunOtherAsync("sh", ["-c", "command -v curl"])).ExitCode == 0, "curl is not installed.");
        using TemporaryDirectory directory = new();
        File.Copy(Churn.Path, directory.PathOf("churn.flm"));
        var blocks = DocumentBlocks.Of(Path.Combine("docs", "guide", "production.md"), "").SkipWhile(block => !block[0].StartsWith("mkdir -p models", StringComparison.Ordinal)).Take(2).ToList();
        var serve = blocks[0].Single(line => line.StartsWith("flama serve ", StringComparison.Ordinal));
        var program = $"flama() {{ '{FlamaProcess.Host}' '{Path.Combine(AppContext.BaseDirectory, "flama.dll")}' \"$@\"; }}\ncd '{directory.Root}'\n";
        var prepared = await FlamaProcess.RunOtherAsync("sh", ["-c", $"set -e\n{program}{string.Join('\n', blocks[0].Where(line => line != serve))}\nprintf '%s' \"$ADMIN\""]);

        var options = serve.Split(' ').Skip(2).Select(word => word is "models" or "keys.json" ? directory.PathOf(word) : word);
        await using var server = await FlamaServer.StartAsync([.. options, "--server-port", "0"]);
        var commands = string.Join('\n', blocks[1]).Replace("http://127.0.0.1:8000", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        var answers = await FlamaProcess.RunOtherAsync("sh", ["-c", $"set -e\nADMIN={prepared.Output.Trim()}\n{commands}"]);

        Assert.Equal((0, 0), (prepared.ExitCode, answers.ExitCode));
        Assert.StartsWith("{\"output\":[1]}{\"meta\":", answers.Output, StringComparison.Ordinal);
        Assert.Contains("{\"models\":[{\"name\":\"churn\",\"default\":\"1\"", answers.Output, StringComparison.Ordinal);
        Assert.Contains("\"stored\":true}", answers.Output, StringComparison.Ordinal);
    }
}
