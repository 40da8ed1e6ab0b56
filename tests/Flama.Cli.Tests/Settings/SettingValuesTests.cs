using Flama.Cli.Commands;
using Flama.Cli.Parsing;
using Flama.Cli.Settings;

namespace Flama.Cli.Tests.Settings;

public sealed class SettingValuesTests
{
    [Theory]
    [InlineData("/line", "/variable", "/line")]
    [InlineData("/line", null, "/line")]
    [InlineData(null, "/variable", "/variable")]
    [InlineData(null, "", "/")]
    [InlineData(null, null, "/")]
    [InlineData("", "/variable", "")]
    public void Get_SeveralOrigins_CommandLineThenEnvironmentThenDefault(string? onLine, string? inEnvironment, string expected)
    {
        string[] arguments = onLine is null ? ["serve", "m.flm"] : ["serve", "m.flm", $"--model-url={onLine}"];
        var values = ValuesOf(arguments, ("FLAMA_MODEL_URL", inEnvironment));

        var url = values.Get(AppSettings.ModelUrl);

        Assert.Equal(expected, url);
    }

    [Theory]
    [InlineData("m.flm", "v.flm", "m.flm")]
    [InlineData(null, "v.flm", "v.flm")]
    [InlineData(null, "", null)]
    [InlineData(null, null, null)]
    public void Get_Positional_CommandLineThenEnvironment(string? onLine, string? inEnvironment, string? expected)
    {
        string[] arguments = onLine is null ? ["serve"] : ["serve", onLine];
        var values = ValuesOf(arguments, ("FLAMA_MODEL_PATH", inEnvironment));

        var model = values.Get(Positional.Model);

        Assert.Equal(expected, model);
    }

    [Theory]
    [InlineData("--app-debug", null, true)]
    [InlineData("--app-debug=false", "true", false)]
    [InlineData(null, "true", true)]
    [InlineData(null, "0", false)]
    [InlineData(null, null, false)]
    public void Get_Flag_BareOrWithValue(string? onLine, string? inEnvironment, bool expected)
    {
        string[] arguments = onLine is null ? ["serve", "m.flm"] : ["serve", onLine, "m.flm"];
        var values = ValuesOf(arguments, ("FLAMA_APP_DEBUG", inEnvironment));

        var debug = values.Get(AppSettings.Debug);

        Assert.Equal(expected, debug);
    }

    [Fact]
    public void Get_WrongValue_NamesWhereItCameFrom()
    {
        var onLine = ValuesOf(["serve", "m.flm", "--server-port", "abc"]);
        var inEnvironment = ValuesOf(["serve", "m.flm"], ("FLAMA_SERVER_PORT", "70000"));

        var first = Assert.Throws<FlamaException>(() => onLine.Get(ServerSettings.Port));
        var second = Assert.Throws<FlamaException>(() => inEnvironment.Get(ServerSettings.Port));

        Assert.Equal("--server-port is 'abc', expected a whole number from 0 to 65535.", first.Message);
        Assert.Equal("FLAMA_SERVER_PORT is '70000', expected a whole number from 0 to 65535.", second.Message);
    }

    [Fact]
    public void EnvironmentNames_OfEverySetting_FollowTheOption()
    {
        var settings = new ProgramCommand().Commands.SelectMany(command => command.AllSettings);

        Assert.All(settings, setting => Assert.Equal("FLAMA" + setting.Name[1..].Replace('-', '_').ToUpperInvariant(), setting.Variable));
    }

    [Theory]
    [InlineData("PORT", "--server-port")]
    [InlineData("HOST", "--server-host")]
    [InlineData("APP_DEBUG", "--app-debug")]
    [InlineData("APP_TITLE", "--app-title")]
    [InlineData("APP_VERSION", "--app-version")]
    [InlineData("APP_DESCRIPTION", "--app-description")]
    [InlineData("APP_SCHEMA", "--app-schema")]
    [InlineData("APP_DOCS", "--app-docs")]
    [InlineData("MODEL_URL", "--model-url")]
    [InlineData("MODEL_NAME", "--model-name")]
    [InlineData("WEB_CONCURRENCY", "--server-workers")]
    [InlineData("FORWARDED_ALLOW_IPS", "--server-forwarded-allow-ips")]
    [InlineData("FLAMA_MODELS_SPECS", "--model")]
    public void Find_VariableOfTheOriginal_IsTakenUnlessOursIsSet(string variable, string option)
    {
        var setting = new ProgramCommand().Commands.Single(command => command.Name == "serve").AllSettings.Single(setting => setting.Name == option);

        var alone = ValuesOf(["serve"], (variable, "1")).Find(setting);
        var both = ValuesOf(["serve"], (variable, "1"), (setting.Variable, "2")).Find(setting);

        Assert.Equal(("1", variable), (alone!.Text, alone.Origin.Label));
        Assert.Equal(("2", setting.Variable), (both!.Text, both.Origin.Label));
    }

    [Fact]
    public void GetAll_ModelsInAVariable_AreOnePerLineOrInTheOriginalsOwnOnePerWord()
    {
        Assert.Equal(["a b.flm", "c.flm"], ValuesOf(["serve"], ("FLAMA_MODEL", "a b.flm\nc.flm\n")).GetAll(AppSettings.Model));
        Assert.Equal(["a.flm", "file=b.flm,url=/b/"], ValuesOf(["serve"], ("FLAMA_MODELS_SPECS", "a.flm file=b.flm,url=/b/")).GetAll(AppSettings.Model));
    }

    private static SettingValues ValuesOf(string[] arguments, params (string Name, string? Value)[] variables)
    {
        var environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        return new SettingValues(CommandLineParser.Parse(new ProgramCommand(), arguments), name => environment.GetValueOrDefault(name));
    }
}
