using Flama.Cli.Commands;
using Flama.Cli.Parsing;
using Flama.Cli.Settings;

namespace Flama.Cli.Tests.Parsing;

public sealed class CommandLineParserTests
{
    [Fact]
    public void Parse_OptionsBeforeAndAfterArguments_FindsAll()
    {
        var line = CommandLineParser.Parse(new ProgramCommand(), ["--debug", "serve", "--app-debug", "m.flm", "--model-url", "/a", "--model-url=/b"]);

        Assert.Equal("flama serve", line.Path);
        Assert.Equal(["m.flm"], line.Positionals);
        Assert.Equal("true", line.TextsOf(GeneralSettings.Debug)[^1]);
        Assert.Equal("true", line.TextsOf(AppSettings.Debug)[^1]);
        Assert.Equal("/b", line.TextsOf(AppSettings.ModelUrl)[^1]);
        Assert.Empty(line.TextsOf(AppSettings.ModelName));
    }

    [Theory]
    [InlineData("serve", "serve")]
    [InlineData("serve", "@m.flm", "--model-name=@x")]
    [InlineData("serve", "m.flm", "--model-name", "serve")]
    [InlineData("model", "serve", "model")]
    public void Parse_WordsThatMeanSomethingElsewhere_AreArguments(params string[] arguments)
    {
        var line = CommandLineParser.Parse(new ProgramCommand(), arguments);

        Assert.Equal($"flama {arguments[0]}", line.Path);
        Assert.Equal(arguments[1], line.Positionals[0]);
    }

    [Fact]
    public void Parse_AfterTwoDashes_EverythingIsAnArgument()
    {
        var line = CommandLineParser.Parse(new ProgramCommand(), ["serve", "--", "--model.flm"]);

        Assert.Equal(["--model.flm"], line.Positionals);
    }

    [Theory]
    [InlineData("srve m.flm", "'flama' has no command 'srve'.", "Did you mean serve? It has: audit, completion, config, health, inspect, key, model, package, pull, run, schema, serve, start. See: flama --help")]
    [InlineData("x", "'flama' has no command 'x'.", "It has: audit, completion, config, health, inspect, key, model, package, pull, run, schema, serve, start. See: flama --help")]
    [InlineData("serve --model-ulr /x m.flm", "'flama serve' has no option --model-ulr.", "Did you mean --model-url? See: flama serve --help")]
    [InlineData("serve --port 80 m.flm", "'flama serve' has no option --port.", "Did you mean --server-port? See: flama serve --help")]
    [InlineData("serve --log-level=debug m.flm", "'flama serve' has no option --log-level.", "Did you mean --server-log-level? See: flama serve --help")]
    [InlineData("serve --zzz=1 m.flm", "'flama serve' has no option --zzz.", "See: flama serve --help")]
    [InlineData("serve -x m.flm", "'flama serve' has no option -x.", "Did you mean -h? See: flama serve --help")]
    [InlineData("serve m.flm --version", "'flama serve' has no option --version.", "Did you mean --app-version? See: flama serve --help")]
    [InlineData(
        "--model-url /x serve m.flm",
        "'flama' has no option --model-url.",
        "'flama config', 'flama serve', 'flama start' have it: write the option after the command. See: flama --help")]
    [InlineData("serve a.flm b.flm", "'b.flm' is one argument too many; 'flama serve' takes MODEL only.", "See: flama serve --help")]
    [InlineData("inspect m.flm more", "'more' is one argument too many; 'flama inspect' takes FILE only.", "See: flama inspect --help")]
    public void Parse_WordsThatDoNotFit_SaysWhichAndWhatWouldDo(string line, string message, string remedy)
    {
        var failure = Assert.Throws<FlamaException>(() => CommandLineParser.Parse(new ProgramCommand(), line.Split(' ')));

        Assert.Equal(message, failure.Message);
        Assert.Equal(remedy, failure.Remedy);
        Assert.Equal(2, failure.Code.ExitCode);
    }

    [Fact]
    public void Commands_SameOptionInSeveral_IsFlagInAllOrNone()
    {
        ProgramCommand program = new();

        var settings = program.Commands.Prepend<CliCommand>(program)
            .SelectMany(command => command.AllSettings)
            .GroupBy(setting => setting.Name, StringComparer.Ordinal);

        Assert.All(settings, same => Assert.Single(same.Select(setting => setting.IsFlag).Distinct()));
    }
}
