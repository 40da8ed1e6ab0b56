using Flama.Cli.Commands;
using Flama.Cli.Configuration;
using Flama.Cli.Parsing;
using Flama.Cli.Settings;

namespace Flama.Cli.Tests.Configuration;

public sealed class ModelNamingTests
{
    [Fact]
    public void Of_One_IsAtTheRoot()
    {
        Assert.Equal<IEnumerable<NamedModel>>([new("a.flm", "/", "model")], Find(["--model", "a.flm"]));
        Assert.Equal<IEnumerable<NamedModel>>([new("a.flm", "/x", "y")], Find(["--model=file=a.flm,url=/x,name=y"]));
        Assert.Equal<IEnumerable<NamedModel>>([new("a.flm", "/x", "y")], Find(["--model=a.flm", "--model-url=x", "--model-name=y"]));
    }

    [Fact]
    public void Of_Several_AreNamedAfterTheirFiles()
    {
        var places = Find(["--model", "models/a b.flm", "--model=file=c.pkl,name=d", "--model=file=e.flm,url=/", "--model=file=f.flm,url=/g,name=h"]);

        Assert.Equal<IEnumerable<NamedModel>>(
            [new("models/a b.flm", "/a-b/", "a b"), new("c.pkl", "/d/", "d"), new("e.flm", "/", "e"), new("f.flm", "/g", "h")], places);
    }

    [Theory]
    [InlineData("--model .flm --model b.flm", "/.flm/")]
    [InlineData("--model file=a.flm,name=.. --model b.flm", "/model/")]
    [InlineData("--model models/ --model b.flm", "/model/")]
    [InlineData("--model file=a.flm,name=é/ü --model b.flm", "/---/")]
    public void Of_NamesThatAreNoSegments_AreMadeOnes(string line, string expected)
    {
        Assert.Equal(expected, Find(line.Split(' '))[0].Url);
    }

    [Fact]
    public void Of_Variables_HasOneALine()
    {
        Assert.Equal<IEnumerable<NamedModel>>(
            [new("a.flm", "/a/", "a"), new("b.flm", "/x", "b")], Find([], ("FLAMA_MODEL", "a.flm\nfile=b.flm,url=/x\n")));
        Assert.Equal<IEnumerable<NamedModel>>([new("b.flm", "/", "model")], Find(["b.flm"], ("FLAMA_MODEL", "a.flm")));
        Assert.Equal<IEnumerable<NamedModel>>([new("b.flm", "/", "model")], Find(["--model=b.flm"], ("FLAMA_MODEL_PATH", "a.flm")));
    }

    [Fact]
    public void Of_OptionAndOwnUrl_NearerPlaceWins()
    {
        Assert.Equal("/line", Find(["--model-url=/line"], ("FLAMA_MODEL", "file=a.flm,url=/variable"))[0].Url);
        Assert.Equal("/line", Find(["--model=file=a.flm,url=/line"], ("FLAMA_MODEL_URL", "/variable"))[0].Url);
        Assert.Equal("/variable", Find(["--model=file=a.flm"], ("FLAMA_MODEL_URL", "/variable"))[0].Url);
    }

    [Theory]
    [InlineData("a.flm --model b.flm", "MODEL 'a.flm' and --model 'b.flm' are both given.")]
    [InlineData("--model a.flm --model b.flm --model-url /x", "--model-url is given beside 2 models, and it is for one.")]
    [InlineData("--model file=a.flm,url=/x --model-url /y", "url is '/x' in --model, and --model-url is '/y'.")]
    [InlineData("--model file=a.flm,url=/x --model file=b.flm,url=/X/", "'a.flm' and 'b.flm' are both to be served at '/X/'.")]
    [InlineData("--model a/m.flm --model b/m.flm", "'a/m.flm' and 'b/m.flm' are both to be served at '/m/'.")]
    [InlineData(
        "--model file=a.flm,url=/x?y", "url in --model is '/x?y', expected a path such as /models/churn/, without empty segments and without any of ?#{}*.")]
    public void Of_Contradictions_NamesBoth(string line, string expected)
    {
        var failure = Assert.Throws<FlamaException>(() => Find(line.Split(' ')));

        Assert.Equal(expected, failure.Message);
        Assert.Equal(2, failure.Code.ExitCode);
    }

    [Fact]
    public void Of_BothVariables_ContradictEachOther()
    {
        var failure = Assert.Throws<FlamaException>(() => Find([], ("FLAMA_MODEL_PATH", "a.flm"), ("FLAMA_MODEL", "b.flm")));

        Assert.Equal("FLAMA_MODEL_PATH 'a.flm' and FLAMA_MODEL 'b.flm' are both given.", failure.Message);
    }

    private static IReadOnlyList<NamedModel> Find(string[] arguments, params (string Name, string Value)[] variables)
    {
        TestConsole console = new();
        foreach (var (name, value) in variables)
        {
            console.Variables[name] = value;
        }

        CommandContext context = new(CommandLineParser.Parse(new ProgramCommand(), ["serve", .. arguments]), console.Console);
        return [.. ModelNaming.Of(context, ModelEntries.Find(context, [], [])).Select(place => place with { Origin = SettingOrigin.Default })];
    }
}
