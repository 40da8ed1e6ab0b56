using Flama.Cli.Commands;
using Flama.Cli.Parsing;
using Flama.Cli.Settings;

namespace Flama.Cli.Tests.Settings;

public sealed class SettingLayersTests
{
    [Theory]
    [InlineData("/line", "/variable", "/file", "/configured", "command line --model-url")]
    [InlineData(null, "/variable", "/file", "/configured", "environment FLAMA_MODEL_URL")]
    [InlineData(null, "", "/file", "/configured", "env file a.env FLAMA_MODEL_URL")]
    [InlineData(null, null, null, "/configured", "config file f.json model.url")]
    [InlineData(null, null, null, null, "default")]
    public void Find_SeveralPlaces_TellsWhichOneWon(string? onLine, string? variable, string? inFile, string? configured, string expected)
    {
        // In another order than they win: each knows its rank.
        var values = ValuesOf(onLine, variable)
            .With(new Configured(configured))
            .With(new VariableLayer(name => name == "FLAMA_MODEL_URL" ? inFile : null, "a.env"));

        var entry = values.Find(AppSettings.ModelUrl);

        Assert.Equal(expected, (entry?.Origin ?? SettingOrigin.Default).InTable);
        Assert.Equal(onLine ?? (variable is "" ? null : variable) ?? inFile ?? configured ?? "/", values.Get(AppSettings.ModelUrl));
    }

    [Theory]
    [InlineData("/", false)]
    [InlineData("/x", true)]
    public void IsAsked_ConfigurationFile_OnlyForWhatIsNotTheDefault(string text, bool expected)
    {
        var values = ValuesOf(null, null).With(new Configured(text));

        Assert.True(values.IsSet(AppSettings.ModelUrl));
        Assert.Equal(expected, values.IsAsked(AppSettings.ModelUrl));
        Assert.True(ValuesOf("/", null).IsAsked(AppSettings.ModelUrl));
    }

    [Fact]
    public void Get_WrongValueInAFile_NamesItsPlace()
    {
        var values = ValuesOf(null, null).With(new Configured("//"));

        var failure = Assert.Throws<FlamaException>(() => values.Get(AppSettings.ModelUrl));

        Assert.StartsWith("model.url (line 7 of 'f.json') is '//', expected a path", failure.Message, StringComparison.Ordinal);
    }

    private static SettingValues ValuesOf(string? onLine, string? variable)
    {
        string[] arguments = onLine is null ? ["serve"] : ["serve", "--model-url", onLine];
        return new SettingValues(CommandLineParser.Parse(new ProgramCommand(), arguments), name => name == "FLAMA_MODEL_URL" ? variable : null);
    }

    private sealed class Configured(string? text) : SettingLayer
    {
        public override SettingRank Rank => SettingRank.ConfigurationFile;

        public override SettingEntry? Find(Setting setting) =>
            text is not null && setting == AppSettings.ModelUrl ? new([text], new(Rank, "model.url", "f.json", 7)) : null;
    }
}
