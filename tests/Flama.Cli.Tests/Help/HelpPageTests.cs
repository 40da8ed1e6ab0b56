namespace Flama.Cli.Tests.Help;

/// <summary>
/// Compares the pages with the files in <c>Expectations</c>. After a deliberate change, run the tests once with the variable
/// <c>FLAMA_UPDATE_EXPECTATIONS=1</c> and review what changed.
/// </summary>
public sealed class HelpPageTests
{
    [Theory]
    [InlineData("flama", "--help")]
    [InlineData("serve", "serve", "--help")]
    [InlineData("model", "model", "--help")]
    [InlineData("model-inspect", "model", "m.flm", "inspect", "--help")]
    [InlineData("inspect", "inspect", "--help")]
    [InlineData("health", "health", "--help")]
    [InlineData("key", "key", "--help")]
    [InlineData("pull", "pull", "--help")]
    [InlineData("schema", "schema", "--help")]
    [InlineData("package", "package", "--help")]
    [InlineData("start", "start", "--help")]
    [InlineData("config", "config", "--help")]
    [InlineData("run", "run", "--help")]
    [InlineData("completion", "completion", "--help")]
    [InlineData("model-verify", "model", "m.flm", "verify", "--help")]
    [InlineData("model-method", "model", "m.flm", "predict_proba", "-h")]
    public async Task Help_OfEveryCommand_IsAsExpected(string name, params string[] arguments)
    {
        TestConsole console = new();

        var exit = await console.RunAsync(arguments);

        Assert.Equal(0, exit);
        Assert.Empty(console.Error);
        Compare(name, console.Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("flama")]
    [InlineData("model", "model")]
    public async Task Run_WithoutArguments_ShowsHelp(string name, params string[] arguments)
    {
        TestConsole console = new();

        var exit = await console.RunAsync(arguments);

        Assert.Equal(0, exit);
        Compare(name, console.Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve", "--help")]
    [InlineData("package", "--help")]
    [InlineData("health", "--help")]
    [InlineData("key", "--help")]
    [InlineData("pull", "--help")]
    [InlineData("schema", "--help")]
    [InlineData("start", "--help")]
    [InlineData("config", "--help")]
    [InlineData("run", "--help")]
    [InlineData("completion", "--help")]
    [InlineData("model", "--help")]
    [InlineData("model", "m.flm", "inspect", "--help")]
    public async Task Help_OfEveryCommand_FitsInto80Columns(params string[] arguments)
    {
        TestConsole console = new();

        await console.RunAsync(arguments);

        Assert.All(console.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Version_ComesFirst()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("--version");

        Assert.Equal(0, exit);
        Assert.Matches(@"^Flama \d+\.\d+\.\d+\S* \(\.NET \d+\.\d+\.\d+\S*, [a-z0-9.-]+\)\n$", console.Output);
    }

    private static void Compare(string name, string page)
    {
        var path = Flama.Tests.Fixtures.PathOf("..", "Flama.Cli.Tests", "Expectations", $"help-{name}.txt");
        if (Environment.GetEnvironmentVariable("FLAMA_UPDATE_EXPECTATIONS") == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.Equal(File.ReadAllText(path), page);
    }
}
