using Flama.Cli.Configuration;
using Flama.Cli.Settings;

namespace Flama.Cli.Tests.Configuration;

public sealed class ModelArgumentTests
{
    private static readonly SettingOrigin Origin = new(SettingRank.CommandLine, "--model");

    [Theory]
    [InlineData("a.flm", "a.flm", null, null)]
    [InlineData("file=a.flm", "a.flm", null, null)]
    [InlineData("path=a.flm,url=/a", "a.flm", "/a", null)]
    [InlineData("name=first,file=a b.flm,url=", "a b.flm", "", "first")]
    [InlineData("file=a=b.flm", "a=b.flm", null, null)]
    [InlineData("models/a=b.flm", "models/a=b.flm", null, null)]
    [InlineData("a,b.flm", "a,b.flm", null, null)]
    public void Read_PathOrPairs_GivesTheModel(string text, string file, string? url, string? name)
    {
        var entry = ModelArgument.Read(text, Origin, []);

        Assert.Equal(new ModelEntry(file, url, name, Origin), entry);
    }

    [Theory]
    [InlineData("", "--model is empty.")]
    [InlineData("file=", "--model 'file=' names no file.")]
    [InlineData("url=/a", "--model 'url=/a' names no file.")]
    [InlineData("file=a.flm,b.flm", "--model 'file=a.flm,b.flm' has 'b.flm', expected KEY=VALUE.")]
    [InlineData("file=a.flm,path=b.flm", "--model 'file=a.flm,path=b.flm' sets file twice.")]
    [InlineData("fiel=a.flm", "--model 'fiel=a.flm' has no key fiel.")]
    public void Read_PairsThatDoNotFit_SaysWhich(string text, string expected)
    {
        var failure = Assert.Throws<FlamaException>(() => ModelArgument.Read(text, Origin, []));

        Assert.Equal(expected, failure.Message);
        Assert.Equal(2, failure.Code.ExitCode);
    }

    [Fact]
    public void Read_UnknownKey_NamesTheNearest()
    {
        var failure = Assert.Throws<FlamaException>(() => ModelArgument.Read("file=a.flm,nmae=x", Origin, []));

        Assert.Equal("Did you mean name? A model has: file, path, url, name, key, input_shape, schema, sha256.", failure.Remedy);
    }

    [Fact]
    public void Read_KeysOfOtherModels_AreTakenAndNamed()
    {
        List<string> ignored = [];

        var entry = ModelArgument.Read("file=a.flm,params=k=v:k=v,serving=a:b", Origin, ignored);

        Assert.Equal(("a.flm", "params serving"), (entry.File, string.Join(' ', ignored)));
    }
}
