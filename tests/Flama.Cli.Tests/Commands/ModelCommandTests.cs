using Flama.Tests;

namespace Flama.Cli.Tests.Commands;

public sealed class ModelCommandTests : IDisposable
{
    private const string Rows = "[[0, 0], [0, 1], [1, 0], [1, 1]]";
    private readonly TemporaryDirectory directory = new();

    [Theory]
    [InlineData(Rows)]
    [InlineData("""{"input": [[0, 0], [0, 1], [1, 0], [1, 1]]}""")]
    public async Task Predict_RowsOnStandardInput_WritesAList(string rows)
    {
        TestConsole console = new() { Input = rows };

        var exit = await console.RunAsync("model", TestModels.Xor, "predict");

        Assert.Equal("", console.Error);
        Assert.Equal(0, exit);
        Assert.Equal("[0, 1, 1, 0]\n", console.Output);
    }

    [Fact]
    public async Task Predict_Pretty_IndentsByFour()
    {
        TestConsole console = new() { Input = "[[0, 0]]" };

        await console.RunAsync("model", TestModels.Xor, "predict", "--pretty");

        Assert.Equal("[\n    0\n]\n", console.Output);
    }

    [Fact]
    public async Task Predict_FileToFile_SaysNothing()
    {
        TestConsole console = new();
        File.WriteAllText(directory.PathOf("rows.json"), Rows);

        var exit = await console.RunAsync(
            "model", TestModels.Xor, "predict", "-f", directory.PathOf("rows.json"), "-o", directory.PathOf("result.json"));

        Assert.Equal(0, exit);
        Assert.Equal(("", ""), (console.Output, console.Error));
        Assert.Equal("[0, 1, 1, 0]\n", File.ReadAllText(directory.PathOf("result.json")));
    }

    [Fact]
    public async Task Predict_ModelFromTheEnvironment_TakesTheOneArgumentForTheCommand()
    {
        TestConsole console = new() { Input = Rows, Variables = { ["FLAMA_MODEL_PATH"] = TestModels.Xor } };

        var exit = await console.RunAsync("model", "predict");

        Assert.Equal(0, exit);
        Assert.Equal("[0, 1, 1, 0]\n", console.Output);
    }

    [Fact]
    public async Task Predict_BadRow_WritesNothing()
    {
        TestConsole console = new() { Input = "[[0, 1], [0]]" };

        var exit = await console.RunAsync("model", TestModels.Xor, "predict", "-o", directory.PathOf("result.json"));

        Assert.Equal(1, exit);
        Assert.Equal("Error: Row 1 has 1 feature, expected 2.\n", console.Error);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Root));
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("transform")]
    public async Task Method_TheModelDoesNotHave_NamesThoseItHas(string method)
    {
        TestConsole console = new() { Input = Rows };

        var exit = await console.RunAsync("model", TestModels.Xor, method);

        Assert.Equal(2, exit);
        Assert.Equal($"Error: MLPClassifier has no method '{method}'.\nIt has: predict, predict_proba, predict_log_proba.\n", console.Error);
    }

    [Fact]
    public async Task Command_Missing_SaysWhatCouldCome()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("model", TestModels.Xor);

        Assert.Equal(2, exit);
        Assert.Equal(
            $"Error: No COMMAND was given for '{TestModels.Xor}'.\n"
            + "Write inspect, predict or another method of the model after it. See: flama model --help\n",
            console.Error);
    }

    [Fact]
    public async Task Command_MissingAndModelInTheEnvironment_IsNotTakenForACommand()
    {
        TestConsole console = new() { Variables = { ["FLAMA_MODEL_PATH"] = "other.flm" } };

        var exit = await console.RunAsync("model", TestModels.Xor);

        Assert.Equal(2, exit);
        Assert.StartsWith($"Error: No COMMAND was given for '{TestModels.Xor}'.", console.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[0, 1]", "Error: The input is not JSON")]
    [InlineData("", "Error: The input is empty")]
    [InlineData("[]", "Error: The input is an empty list")]
    [InlineData("[0, 1, 2]", "Error: The input is one flat list of 3 values")]
    [InlineData("[[0, 1], {\"a\": 1}]", "Error: Row 1 is an object and row 0 is a list")]
    [InlineData("[[0, \"x\"]]", "Error: Row 0, feature 1")]
    [InlineData("[[0, null]]", "Error: Row 0, feature 1")]
    [InlineData("[[0, 1]] [[0, 1]]", "Error: The input is not JSON")]
    public async Task Predict_BadInput_SaysWhat(string input, string expected)
    {
        TestConsole console = new() { Input = input };

        var exit = await console.RunAsync("model", TestModels.Xor, "predict");

        Assert.Equal(1, exit);
        Assert.StartsWith(expected, console.Error, StringComparison.Ordinal);
        Assert.InRange(console.Error.TrimEnd('\n').Split('\n').Length, 1, 2);
    }

    [Fact]
    public async Task Predict_InputTooDeep_SaysWhat()
    {
        TestConsole console = new() { Input = new string('[', 100_000) + new string(']', 100_000) };

        var exit = await console.RunAsync("model", TestModels.Xor, "predict");

        Assert.Equal(1, exit);
        Assert.StartsWith("Error: The input", console.Error, StringComparison.Ordinal);
        Assert.Contains("deep", console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_InputFileMissing_IsUsage()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("model", TestModels.Xor, "predict", "-f", "no-such-rows.json");

        Assert.Equal(2, exit);
        Assert.Equal("Error: There is no input file 'no-such-rows.json'.\nCheck the path, or give the rows on standard input.\n", console.Error);
    }

    [Fact]
    public async Task Inspect_Package_ShowsMetadataAndArtifactsInTheirOrder()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("model", TestModels.Xor, "inspect");

        Assert.Equal(0, exit);
        Assert.StartsWith(
            """{"meta": {"id": "621c1d8a-144a-4a86-9a9c-9157f80bfa2d", "timestamp": "2023-03-10T11:30:00", "framework": {""",
            console.Output,
            StringComparison.Ordinal);
        Assert.EndsWith(
            """, "artifacts": {"foo.json": "artifacts/foo.json", "empty.txt": "artifacts/empty.txt"}, "manifest": ["foo.json", "empty.txt"]}""" + "\n", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Pretty_SortsKeys()
    {
        TestConsole console = new();

        await console.RunAsync("model", TestModels.Xor, "inspect", "-p");

        Assert.StartsWith(
            "{\n    \"artifacts\": {\n        \"empty.txt\": \"artifacts/empty.txt\",\n        \"foo.json\": \"artifacts/foo.json\"\n    },\n    \"manifest\": [\n        \"foo.json\",\n        \"empty.txt\"\n    ],\n    \"meta\": {\n",
            console.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_WithRows_IsUsage()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("model", TestModels.Xor, "inspect", "-f", "rows.json");

        Assert.Equal(2, exit);
        Assert.Equal("Error: 'inspect' takes no rows, so no --file.\nSee: flama model MODEL inspect --help\n", console.Error);
    }

    public void Dispose() => directory.Dispose();
}
