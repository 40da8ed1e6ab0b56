using System.Text.Json;
using System.Text.RegularExpressions;
using Flama.Hosting.Configuration;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>What <c>deploy/</c> says of metrics and options is as the program has it.</summary>
public sealed partial class DeploymentTests
{
    private const string Rules = "deploy/prometheus/alerts.yml", Dashboard = "deploy/grafana/flama.json";

    // Exist when something has happened that a test does not bring about: a refused version, a full disk.
    private static readonly string[] Rare = ["flama_model_refusals_total", "flama_model_swaps_total", "flama_validation_violations_total", "flama_prediction_log_dropped_total"];

    [Fact]
    public async Task Dashboard_AndAlerts_AskForMetricsThatThereAre()
    {
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--app-metrics", "/metrics"]);
        (await server.PostAsync("/predict/", $"{{\"input\": {Xor.Rows}}}")).Dispose();
        (await server.PostAsync("/predict/", "{")).Dispose();
        var shown = await server.GetStringAsync("/metrics");

        var asked = Names().Matches(await ReadAsync(Rules) + await ReadAsync(Dashboard)).Select(match => match.Value).Distinct(StringComparer.Ordinal).Except(Rare, StringComparer.Ordinal).ToArray();

        Assert.True(asked.Length > 6);
        Assert.All(asked, name => Assert.Contains($"\n{name}{{", shown.Replace($"{name} ", $"{name}{{", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dashboard_EveryPanel_HasATitleAndQueries()
    {
        using var dashboard = JsonDocument.Parse(await ReadAsync(Dashboard));

        Assert.All(dashboard.RootElement.GetProperty("panels").EnumerateArray(), panel =>
        {
            Assert.NotEqual("", panel.GetProperty("title").GetString());
            Assert.True(panel.GetProperty("targets").GetArrayLength() > 0);
        });
    }

    [Theory]
    [InlineData("deploy/compose.yaml", "services.flama.command")]
    [InlineData("deploy/kserve/serving-runtime.yaml", "spec.containers[0].args")]
    public async Task Options_OfAManifest_AreKnown(string file, string key)
    {
        using TemporaryDirectory directory = new();
        var first = directory.PathOf("first.yaml");
        await File.WriteAllTextAsync(first, (await ReadAsync(file)).Split("\n---\n")[0], TestContext.Current.CancellationToken);
        var node = ConfigDocument.Read(first, "manifest");
        foreach (var part in key.Split('.'))
        {
            node = part.EndsWith("[0]", StringComparison.Ordinal) ? node[part[..^3]]!.Items[0] : node[part]!;
        }

        var help = (await FlamaProcess.RunAsync(["serve", "--help"])).Output;

        var options = node.Items.Select(item => item.Text!.Split('=')[0]).Where(word => word.StartsWith("--", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rules", Rules)]
    [InlineData("config", "deploy/prometheus/prometheus.yml")]
    public async Task Prometheus_Files_PassPromtool(string what, string file)
    {
        Assert.SkipUnless((await FlamaProcess.RunOtherAsync("sh", ["-c", "command -v promtool"])).ExitCode == 0, "promtool is not installed (Debian: apt-get install prometheus).");

        var check = await FlamaProcess.RunOtherAsync("promtool", ["check", what, Fixtures.RepositoryPathOf(file)]);

        Assert.True(check.ExitCode == 0, check.Output + check.Error);
    }

    [Fact]
    public async Task Unit_IsWellFormed_AndLeavesLittleOpen()
    {
        Assert.SkipUnless((await FlamaProcess.RunOtherAsync("sh", ["-c", "command -v systemd-analyze"])).ExitCode == 0, "systemd-analyze is not installed (Debian: apt-get install systemd).");
        using TemporaryDirectory directory = new();
        var unit = directory.PathOf("flama.service");
        var text = await ReadAsync("deploy/systemd/flama.service");
        await File.WriteAllTextAsync(unit, text.Replace("/usr/local/bin/flama", "/bin/sh", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var check = await FlamaProcess.RunOtherAsync("systemd-analyze", ["verify", "--man=no", unit]);
        var exposure = await FlamaProcess.RunOtherAsync("systemd-analyze", ["security", "--offline=true", "--threshold=20", "--no-pager", unit]);

        Assert.Equal((0, ""), (check.ExitCode, check.Output + check.Error));
        Assert.True(exposure.ExitCode == 0, exposure.Output + exposure.Error);

        // Without it only native code starts.
        Assert.Contains("SystemCallFilter=sched_setaffinity ", text, StringComparison.Ordinal);
    }

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Fixtures.RepositoryPathOf(file), TestContext.Current.CancellationToken);

    [GeneratedRegex("\\bflama_[a-z_]+_(?:total|bucket|count|seconds|active)\\b", RegexOptions.None, 1000)]
    private static partial Regex Names();
}
