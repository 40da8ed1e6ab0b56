using Flama.Cli.Parsing;
using Flama.Cli.Settings;

namespace Flama.Cli.Tests.Parsing;

public sealed class ArgumentTokensTests
{
    private static readonly Dictionary<string, Setting> Settings = new Setting[]
    {
        AppSettings.Debug, AppSettings.ModelUrl, ModelSettings.File, ModelSettings.Pretty,
    }.SelectMany(setting => setting.Names.Select(name => (name, setting))).ToDictionary();

    [Theory]
    [InlineData("m.flm", "m.flm")]
    [InlineData("--model-url /a", "--model-url /a")]
    [InlineData("--model-url=/a", "--model-url /a")]
    [InlineData("--model-url=a=b", "--model-url a=b")]
    [InlineData("--model-url -x", "--model-url -x")]
    [InlineData("--app-debug", "--app-debug true")]
    [InlineData("--app-debug m.flm", "--app-debug true m.flm")]
    [InlineData("--app-debug false m.flm", "--app-debug false m.flm")]
    [InlineData("--app-debug NO m.flm", "--app-debug false m.flm")]
    [InlineData("--app-debug=1", "--app-debug true")]
    [InlineData("--app-debug=off", "--app-debug false")]
    [InlineData("-f rows.json", "--file rows.json")]
    [InlineData("-p -f -", "--pretty true --file -")]
    [InlineData("-i rows.json", "--file rows.json")]
    [InlineData("--input rows.json", "--file rows.json")]
    [InlineData("--unknown=1", "--unknown=1")]
    [InlineData("-- --app-debug", "-- --app-debug")]
    public void Normalize_AnyWayToWriteAnOption_GivesFullNameAndValue(string line, string expected)
    {
        var arguments = line.Split(' ');

        var tokens = ArgumentTokens.Normalize(arguments, Settings);

        Assert.Equal(expected, string.Join(' ', tokens));
    }

    [Fact]
    public void Normalize_NothingAfterEqualsSign_IsTheEmptyValue()
    {
        string[] arguments = ["--model-url=", "m.flm"];

        var tokens = ArgumentTokens.Normalize(arguments, Settings);

        Assert.Equal(["--model-url", "", "m.flm"], tokens);
    }

    [Theory]
    [InlineData("--model-url", "--model-url needs a value.")]
    [InlineData("--model-url --app-debug", "--model-url needs a value.")]
    [InlineData("--app-debug=maybe", "--app-debug is 'maybe', expected true or false.")]
    [InlineData("--app-debug=", "--app-debug is '', expected true or false.")]
    public void Normalize_ValueMissingOrWrong_SaysSo(string line, string expected)
    {
        var arguments = line.Split(' ');

        var failure = Assert.Throws<FlamaException>(() => ArgumentTokens.Normalize(arguments, Settings));

        Assert.Equal(expected, failure.Message);
        Assert.Equal(2, failure.Code.ExitCode);
    }
}
