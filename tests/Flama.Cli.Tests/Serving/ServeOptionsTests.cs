using Flama.Cli.Commands;
using Flama.Cli.Configuration;
using Flama.Cli.Parsing;
using Flama.Cli.Serving;
using Flama.Cli.Settings;

namespace Flama.Cli.Tests.Serving;

public sealed class ServeOptionsTests
{
    [Fact]
    public void Read_NothingSaid_GivesTheDefaultsOfTheOriginal()
    {
        var options = Read();

        Assert.Equal(
            new ServeOptions
            {
                Models = options.Models,
                Title = "Flama",
                Version = "0.1.0",
                Description = "Fire up with the flame",
                SchemaPath = "/schema/",
                DocsPath = "/docs/",
                Debug = false,
                Host = "127.0.0.1",
                Port = 8000,
                Server = options.Server,
            },
            options);
        Assert.Equal<IEnumerable<ServedFile>>([new("m.flm", "/", "model") { Origin = new(SettingRank.CommandLine, "MODEL") }], options.Models);
    }

    [Theory]
    [InlineData("--app-docs=", "/schema/", "")]
    [InlineData("--app-schema=", "", "")]
    [InlineData("--app-docs=page", "/schema/", "/page")]
    [InlineData("--app-schema=/a/b.json", "/a/b.json", "/docs/")]
    public void Read_PagesMovedOrSwitchedOff_KeepsThemConsistent(string argument, string schema, string docs)
    {
        var options = Read(argument);

        Assert.Equal((schema, docs), (options.SchemaPath, options.DocsPath));
    }

    [Theory]
    [InlineData("--app-schema= --app-docs=/docs/", "--app-docs is '/docs/' and --app-schema is empty, but the page shows the schema.")]
    [InlineData("--app-docs=/schema", "--app-schema and --app-docs are both '/schema'.")]
    [InlineData("--model-url=/docs", "--model-url and --app-docs are both '/docs/'.")]
    [InlineData("--model-url=Schema", "--model-url and --app-schema are both '/schema/'.")]
    [InlineData(
        "--model-url=/a//b", "--model-url is '/a//b', expected a path such as /models/churn/, without empty segments and without any of ?#{}*.")]
    [InlineData("--model-url=/{a}", "--model-url is '/{a}', expected a path such as /models/churn/, without empty segments and without any of ?#{}*.")]
    public void Read_PathsThatCannotBe_SaysWhy(string line, string expected)
    {
        var failure = Assert.Throws<FlamaException>(() => Read(line.Split(' ')));

        Assert.Equal(expected, failure.Message);
        Assert.Equal(2, failure.Code.ExitCode);
    }

    private static ServeOptions Read(params string[] arguments)
    {
        var line = CommandLineParser.Parse(new ProgramCommand(), ["serve", "m.flm", .. arguments]);
        CommandContext context = new(line, new TestConsole().Console);
        return ServeSetup.Read(context, file: null, modelIndex: 0);
    }
}
