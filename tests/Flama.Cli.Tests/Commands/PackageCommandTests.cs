using System.Text.Json;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.Cli.Tests.Commands;

public sealed class PackageCommandTests : IDisposable
{
    private const string Id = "11111111-2222-3333-4444-555555555555";
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task Package_BarePickle_SaysWhatTheFileTells()
    {
        var pickle = Pickle();
        File.WriteAllText(directory.PathOf("note.txt"), "hello");
        File.WriteAllText(directory.PathOf("more.json"), """{"author": "Ada", "model_version": "2.0"}""");
        TestConsole console = new();

        var exit = await console.RunAsync(
            "package", pickle, "-o", directory.PathOf("new.flm"), "--id", Id, "--timestamp", "2023-03-10T11:30:00",
            "--param", "optimizer=adam", "--param=epochs=3", "--metric", "recall=0.95", "--extra", $"@{directory.PathOf("more.json")}", "--extra", "model_version=3.0",
            "--artifact", $"note={directory.PathOf("note.txt")}");

        Assert.Equal((0, ""), (exit, console.Error));
        using var original = ModelPackage.Open(TestModels.Xor);
        using var package = ModelPackage.Open(directory.PathOf("new.flm"));
        var metadata = package.Metadata!;
        Assert.Equal((Id, "2023-03-10T11:30:00", "sklearn", "1.4.2", "MLPClassifier"),
            (metadata.Id, metadata.Timestamp, metadata.Framework, metadata.FrameworkVersion, metadata.ModelClass));
        Assert.All(
            original.Metadata!.Info!.Value.EnumerateObject(),
            parameter => Assert.Equal(
                JsonSerializer.Serialize(parameter.Value), JsonSerializer.Serialize(metadata.Info!.Value.GetProperty(parameter.Name))));
        Assert.Equal("""{"optimizer":"adam","epochs":3}""", metadata.Params!.Value.GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("""{"recall":0.95}""", metadata.Metrics!.Value.GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("""{"author":"Ada","model_version":3.0}""", metadata.Extra!.Value.GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal<IEnumerable<string>>(["note"], package.Artifacts.Names);
        Assert.Equal(original.ReadModel().Payload.ReadAll().ToArray(), package.ReadModel().Payload.ReadAll().ToArray());
        Assert.Contains("MLPClassifier of sklearn 1.4.2", console.Output, StringComparison.Ordinal);
        Assert.Contains("artifact  note, 5 bytes", console.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2", "zlib", PackageGeneration.Protocol2)]
    [InlineData("2", "none", PackageGeneration.Protocol2)]
    [InlineData("1", "bz2", PackageGeneration.Protocol1)]
    [InlineData("tar", "gzip", PackageGeneration.G1)]
    [InlineData("tar", "default", PackageGeneration.G1)]
    public async Task Package_TwiceWithTheSameTime_GivesTheSameBytes(string protocol, string compression, PackageGeneration expected)
    {
        var pickle = Pickle();
        foreach (var name in new[] { "a.flm", "b.flm" })
        {
            TestConsole console = new() { Variables = { ["SOURCE_DATE_EPOCH"] = "1700000000" } };
            var exit = await console.RunAsync("package", pickle, "-o", directory.PathOf(name), "--protocol", protocol, "--compression", compression);
            Assert.Equal((0, ""), (exit, console.Error));
        }

        using var package = ModelPackage.Open(directory.PathOf("a.flm"));
        Assert.Equal(File.ReadAllBytes(directory.PathOf("a.flm")), File.ReadAllBytes(directory.PathOf("b.flm")));
        Assert.Equal((expected, "2023-11-14T22:13:20"), (package.Format.Generation, package.Metadata!.Timestamp));
    }

    [Fact]
    public async Task Package_OneArtifactNameTwice_IsRefusedAndWritesNothing()
    {
        TestConsole console = new();
        foreach (var name in new[] { "a.txt", "b.txt" })
        {
            File.WriteAllText(directory.PathOf(name), name);
        }

        var exit = await console.RunAsync(
            "package", Pickle(), "-o", directory.PathOf("twice.flm"),
            "--artifact", $"notes={directory.PathOf("a.txt")}", "--artifact", $"notes={directory.PathOf("b.txt")}");

        Assert.Equal(2, exit);
        Assert.Contains("Two artifacts are named 'notes'.", console.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(directory.PathOf("twice.flm")));
    }

    [Fact]
    public async Task Package_OfAPackage_KeepsWhatItSays()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("package", TestModels.Xor, "-o", directory.PathOf("old.flm"), "--protocol", "1");

        using var original = ModelPackage.Open(TestModels.Xor);
        using var package = ModelPackage.Open(directory.PathOf("old.flm"));
        Assert.Equal((0, ""), (exit, console.Error));
        Assert.Equal(
            (original.Metadata!.Id, original.Metadata.Timestamp, JsonSerializer.Serialize(original.Metadata.Params)),
            (package.Metadata!.Id, package.Metadata.Timestamp, JsonSerializer.Serialize(package.Metadata.Params)));
        Assert.Equal(original.Artifacts.Names, package.Artifacts.Names);
    }

    [Fact]
    public async Task Package_WithCases_PassesThemAndVerifiesWithoutAFile()
    {
        File.WriteAllText(directory.PathOf("cases.json"), """[{"input": [[0, 1]], "output": [1]}]""");
        TestConsole made = new();
        TestConsole verified = new();

        var exits = (
            await made.RunAsync("package", TestModels.Xor, "-o", directory.PathOf("new.flm"), "--cases", directory.PathOf("cases.json")),
            await verified.RunAsync("model", directory.PathOf("new.flm"), "verify"));

        Assert.Equal((0, 0), exits);
        Assert.Equal("1 cases with 1 rows are as expected.\n", verified.Output);
    }

    [Fact]
    public async Task Package_CasesThatFail_WritesNothing()
    {
        File.WriteAllText(directory.PathOf("cases.json"), """[{"input": [[0, 1]], "output": [0]}]""");
        TestConsole console = new();

        var exit = await console.RunAsync("package", TestModels.Xor, "-o", directory.PathOf("new.flm"), "--cases", directory.PathOf("cases.json"));

        Assert.Equal(1, exit);
        Assert.StartsWith("Error: The model does not pass its cases: case 0, predict, row 0: expected 0, found 1.", console.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(directory.PathOf("new.flm")));
    }

    [Theory]
    [InlineData("--param", "optimizer", "--param is 'optimizer', expected KEY=VALUE or @FILE.")]
    [InlineData("--extra", "@no-such.json", "--extra names the file 'no-such.json', which cannot be read.")]
    [InlineData("--protocol", "3", "--protocol is '3', expected one of 2, 1, tar.")]
    [InlineData("--artifact", "=x", "--artifact is '=x', expected NAME=PATH.")]
    [InlineData("--artifact", "a=no-such-file", "The file for artifact 'a' does not exist.")]
    [InlineData("--artifact", "../a=no-such-file", "")]
    public async Task Package_BadOption_SaysWhatAndWritesNothing(string option, string value, string expected)
    {
        TestConsole console = new();

        var exit = await console.RunAsync("package", TestModels.Xor, "-o", directory.PathOf("new.flm"), option, value);

        Assert.InRange(exit, 1, 2);
        Assert.StartsWith($"Error: {expected}", console.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Root));
    }

    public void Dispose() => directory.Dispose();

    private string Pickle()
    {
        using var package = ModelPackage.Open(TestModels.Xor);
        File.WriteAllBytes(directory.PathOf("xor.pkl"), package.ReadModel().Payload.ReadAll().ToArray());
        return directory.PathOf("xor.pkl");
    }
}
