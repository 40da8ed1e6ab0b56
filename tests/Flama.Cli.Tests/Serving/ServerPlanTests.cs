using Flama.AspNetCore;
using Flama.Cli.Commands;
using Flama.Cli.Configuration;
using Flama.Cli.Parsing;
using Flama.Cli.Serving;
using Flama.Cli.Settings;
using Flama.Hosting;

namespace Flama.Cli.Tests.Serving;

public sealed class ServerPlanTests
{
    [Fact]
    public void Read_NothingSaid_GivesTheDefaultsOfTheOriginal()
    {
        var plan = Read();
        FlamaOptions flama = new();
        FlamaHttpOptions http = new();
        plan.Values.Apply(flama);
        plan.Values.Apply(http);

        Assert.Equal(
            ("Flama", "0.1.0", "Fire up with the flame", "/schema/", "/docs/", false, 1),
            (flama.Title, flama.Version, flama.Description, http.SchemaPath, plan.DocsPath, http.Debug, flama.MaxDegreeOfParallelism));
        Assert.Equal(("127.0.0.1", 8000), (plan.Values.Get(ServerSettings.Host), plan.Values.Get(ServerSettings.Port)));
        Assert.Equal<IEnumerable<NamedModel>>([new("m.flm", "/", "model") { Origin = new(SettingRank.CommandLine, "MODEL") }], plan.Models);
    }

    [Fact]
    public void Apply_EveryOptionOfTheApplication_SetsItsProperty()
    {
        FlamaOptions flama = new();
        FlamaHttpOptions http = new();
        var values = Read("--app-title=T", "--app-version=7", "--app-description=D", "--app-schema=s", "--app-docs=/d", "--app-debug", "--server-workers=3").Values;

        values.Apply(flama);
        values.Apply(http);

        Assert.Equal(
            ("T", "7", "D", "/s", "/d", true, 3),
            (flama.Title, flama.Version, flama.Description, http.SchemaPath, http.DocsPath, http.Debug, flama.MaxDegreeOfParallelism));
    }

    [Theory]
    [InlineData("--app-docs=", "/schema/", "")]
    [InlineData("--app-schema=", "", "")]
    [InlineData("--app-docs=page", "/schema/", "/page")]
    [InlineData("--app-schema=/a/b.json", "/a/b.json", "/docs/")]
    public void Read_PagesMovedOrSwitchedOff_KeepsThemConsistent(string argument, string schema, string docs)
    {
        var plan = Read(argument);

        Assert.Equal((schema, docs), (plan.Values.Get(AppSettings.SchemaPath), plan.DocsPath));
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

    private static ServerPlan Read(params string[] arguments)
    {
        var line = CommandLineParser.Parse(new ProgramCommand(), ["serve", "m.flm", .. arguments]);
        return ServerPlan.Read(new CommandContext(line, new TestConsole().Console));
    }
}
