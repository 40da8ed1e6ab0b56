using Flama.Cli.Models;
using Flama.Tests;

namespace Flama.Cli.Tests.Models;

public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public void Open_FileMissing_NamesSimilarFilesOfItsDirectory()
    {
        File.WriteAllText(directory.PathOf("churn.flm"), "");
        File.WriteAllText(directory.PathOf("chrun.pkl"), "");
        File.WriteAllText(directory.PathOf("other.flm"), "");
        var path = directory.PathOf("chrun.flm");

        var failure = Assert.Throws<FlamaException>(() => ModelFile.Open(path));

        Assert.Equal($"There is no model file '{path}'.", failure.Message);
        Assert.Equal("Files there with a similar name: churn.flm, chrun.pkl.", failure.Remedy);
        Assert.Equal(2, failure.Code.ExitCode);
    }

    [Fact]
    public void Open_RelativePathMissing_ShowsWhereItWasLookedFor()
    {
        var failure = Assert.Throws<FlamaException>(() => ModelFile.Open("no-such-model.flm"));

        Assert.Equal($"There is no model file 'no-such-model.flm' ({Path.GetFullPath("no-such-model.flm")}).", failure.Message);
        Assert.Equal("Check the path.", failure.Remedy);
    }

    [Fact]
    public void Open_DirectoryMissing_SaysSo()
    {
        var path = directory.PathOf("missing/churn.flm");

        var failure = Assert.Throws<FlamaException>(() => ModelFile.Open(path));

        Assert.Equal($"There is no model file '{path}': the directory does not exist.", failure.Message);
    }

    public void Dispose() => directory.Dispose();
}
