using Flama.Cli.Configuration;
using Flama.Hosting.Configuration;
using Flama.Tests;

namespace Flama.Cli.Tests.Configuration;

public sealed class ConfigTemplateTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Theory]
    [InlineData("simple", "flama.json")]
    [InlineData("full", "flama.json")]
    [InlineData("simple", "flama.yaml")]
    [InlineData("full", "flama.yml")]
    public async Task CreateConfig_AnyKind_IsReadBackAsTheDefaults(string extent, string name)
    {
        TestConsole console = new();

        var exit = await console.RunAsync("start", directory.PathOf(name), "--create-config", extent);

        Assert.Equal((0, ""), (exit, console.Output));
        var file = ConfigurationFile.Read(directory.PathOf(name));
        Assert.Equal(directory.PathOf("model.flm"), Assert.Single(file.Models!).File);
        Assert.All(
            ConfigKeys.Settings.Values,
            setting => Assert.Equal(setting.DefaultValue, file.Find(setting) is { } entry ? setting.ReadValue(entry.Text, "") : setting.DefaultValue));
        Assert.All(ConfigKeys.Settings.Values.Where(setting => setting.IsForeign), setting => Assert.Null(file.Find(setting)));
    }

    [Fact]
    public async Task CreateConfig_Full_HasEveryKeyWithAMeaning()
    {
        await new TestConsole().RunAsync("start", directory.PathOf("flama.json"), "--create-config=full");

        var root = ConfigDocument.Read(directory.PathOf("flama.json"), "file");
        var keys = root.Members.SelectMany(section => section.Value.Members.Select(member => $"{section.Key}.{member.Key}"));
        Assert.Equal(
            ConfigKeys.Settings.Where(pair => !pair.Value.IsForeign).Select(pair => pair.Key).Append("app.models").Order(StringComparer.Ordinal),
            keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task CreateConfig_FileIsThere_OverwritesOnlyWhenForced()
    {
        var path = directory.PathOf("flama.json");
        await File.WriteAllTextAsync(path, "mine", TestContext.Current.CancellationToken);
        TestConsole refused = new();

        var exit = await refused.RunAsync("start", path, "--create-config", "simple");
        var kept = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var forced = await new TestConsole().RunAsync("start", path, "--create-config", "simple", "--force");

        Assert.Equal((2, "mine", 0), (exit, kept, forced));
        Assert.Equal($"Error: '{path}' exists and is not overwritten.\nName another file, or add --force.\n", refused.Error);
        Assert.Equal(ConfigTemplate.Json(isFull: false), await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CreateConfig_NoSuchFolder_LeavesNothing()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("start", directory.PathOf("no/flama.json"), "--create-config", "simple");

        Assert.Equal(1, exit);
        Assert.StartsWith($"Error: '{directory.PathOf("no/flama.json")}' cannot be written.\n", console.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Root));
    }

    public void Dispose() => directory.Dispose();
}
