using System.Globalization;
using System.Text;
using Flama.Tests;

namespace Flama.Cli.Tests.Commands;

/// <summary>Rows and results in every format, and rows that are bad.</summary>
public sealed class ModelBulkTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Theory]
    [InlineData("[0, 0]\n[0, 1]\n\n[1, 0]\n")]
    [InlineData("[0, 0]\r\n[0, 1]\r\n[1, 0]")]
    [InlineData("0,0\n0,1\n1,0\n")]
    [InlineData("a,b\n0,0\n\n0,1\n1,0")]
    [InlineData("\uFEFFa;b\r\n0;0\r\n\"0\";1.0\r\n+1;.0\r\n")]
    [InlineData("a\tb\nFalse\t0\n0\tTrue\n1e0\t0e5\n")]
    public async Task Predict_AnyFormat_IsToldByItsContent(string input)
    {
        TestConsole console = new() { Input = input };

        var exit = await console.RunAsync("model", TestModels.Xor, "predict");

        Assert.Equal("", console.Error);
        Assert.Equal(0, exit);
        Assert.Equal("[0, 1, 1]\n", console.Output);
    }

    [Theory]
    [InlineData("json", "[0, 1]\n")]
    [InlineData("ndjson", "0\n1\n")]
    [InlineData("csv", "predict\n0\n1\n")]
    public async Task Predict_OutputFormat_IsObeyed(string format, string expected)
    {
        TestConsole console = new() { Input = "[[0, 0], [0, 1]]" };

        await console.RunAsync("model", TestModels.Xor, "predict", "--output-format", format);

        Assert.Equal(expected, console.Output);
    }

    [Fact]
    public async Task PredictProba_ToCsvFile_NamesTheClasses()
    {
        TestConsole console = new() { Input = "[[0, 0], [0, 1]]" };

        var exit = await console.RunAsync("model", TestModels.Xor, "predict_proba", "-o", directory.PathOf("out.csv"));

        var lines = File.ReadAllLines(directory.PathOf("out.csv"));
        Assert.Equal(0, exit);
        Assert.Equal("predict_proba_0,predict_proba_1", lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Equal(1.0, line.Split(',').Sum(cell => double.Parse(cell, CultureInfo.InvariantCulture)), 9));
    }

    [Theory]
    [InlineData("[0, 0]\n[1]\n[1, 0]\n", "Line 2 has 1 feature, expected 2.")]
    [InlineData("x,y\n0,0\n1,zero\n1,0\n", "Line 3, feature 1 is the text 'zero', expected a number.")]
    [InlineData("x,y\n0,0\n1\n1,0\n", "Line 3 has 1 values, the header has 2.")]
    [InlineData("[0, 0]\n[1, 1\n[1, 0]\n", "Line 2 is not one JSON value.")]
    [InlineData("[0, 0]\n[1, 1], [0, 0]\n[1, 0]\n", "Line 2 is not one JSON value.")]
    public async Task Predict_BadRow_DoesWhatWasAskedFor(string input, string expected)
    {
        TestConsole stop = new() { Input = input };
        TestConsole skip = new() { Input = input };
        TestConsole none = new() { Input = input };

        var exits = (
            await stop.RunAsync("model", TestModels.Xor, "predict"),
            await skip.RunAsync("model", TestModels.Xor, "predict", "--on-error=skip"),
            await none.RunAsync("model", TestModels.Xor, "predict", "--on-error=null"));

        Assert.Equal((1, 0, 0), exits);
        Assert.Equal(("", "[0, 1]\n", "[0, null, 1]\n"), (stop.Output, skip.Output, none.Output));
        Assert.StartsWith($"Error: {expected}\n", stop.Error, StringComparison.Ordinal);
        Assert.Equal($"Warning: {expected}\nWarning: 1 of 3 rows were bad and left out.\n", skip.Error);
        Assert.Equal($"Warning: {expected}\nWarning: 1 of 3 rows were bad and answered with null.\n", none.Error);
    }

    [Fact]
    public async Task Predict_BadElementsOfAList_AreCountedAndTheFirstNamed()
    {
        TestConsole console = new() { Input = $"[{string.Join(",", Enumerable.Repeat("[0],[0, 1]", 12))}]" };

        var exit = await console.RunAsync("model", TestModels.Xor, "predict", "--on-error", "null", "--output-format", "csv");

        Assert.Equal(0, exit);
        Assert.Equal($"predict\n{string.Concat(Enumerable.Repeat("\"\"\n1\n", 12))}", console.Output);
        Assert.Equal(11, console.Error.TrimEnd('\n').Split('\n').Length);
        Assert.EndsWith("Warning: 12 of 24 rows were bad and answered with null.\n", console.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("ndjson")]
    [InlineData("csv")]
    public async Task Predict_MoreRowsThanAChunk_KeepsTheirOrder(string format)
    {
        StringBuilder input = new();
        StringBuilder expected = new();
        for (var i = 0; i < 200_000; i++)
        {
            var (left, right) = (i % 2, i / 3 % 2);
            var separator = i > 0 ? "," : "";
            var row = format switch
            {
                "json" => $"{separator}[{left},   {right}]",
                "ndjson" => $"[{left}, {right}]\n",
                _ => $"{left},{right}\n",
            };
            input.Append(row);
            expected.Append(left ^ right).Append('\n');
        }

        TestConsole console = new() { Input = format == "json" ? $"[{input}]" : input.ToString() };

        var exit = await console.RunAsync("model", TestModels.Xor, "predict", "--output-format", "ndjson");

        Assert.Equal((0, ""), (exit, console.Error));
        Assert.Equal(expected.ToString(), console.Output);
    }

    [Fact]
    public async Task Predict_LargeListWithABadRow_NamesItAndLeavesNoFile()
    {
        var rows = string.Join(",", Enumerable.Repeat("[0,          1]", 200_000));
        TestConsole console = new() { Input = $"[{rows},[1]]" };

        var exit = await console.RunAsync("model", TestModels.Xor, "predict", "-o", directory.PathOf("out.json"));

        Assert.Equal((1, "Error: Row 200000 has 1 feature, expected 2.\n"), (exit, console.Error));
        Assert.Empty(Directory.GetFileSystemEntries(directory.Root));
    }

    [Theory]
    [InlineData("[[0, 1]", "--on-error=skip")]
    [InlineData("[[0, 1],]", "--on-error=skip")]
    [InlineData("[[0, 1]] x", "--on-error=skip")]
    [InlineData("[[0, 1]} ", "--on-error=skip")]
    public async Task Predict_BrokenList_EndsEvenWhereBadRowsDoNot(string input, string option)
    {
        TestConsole console = new() { Input = input };

        var exit = await console.RunAsync("model", TestModels.Xor, "predict", option, "-o", directory.PathOf("out.json"));

        Assert.Equal(1, exit);
        Assert.StartsWith("Error: The input ", console.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Root));
    }

    [Theory]
    [InlineData("--pretty", "--output-format=csv")]
    [InlineData("--input-header=yes", "--input-format=json")]
    [InlineData("--on-error=maybe", "--pretty")]
    public async Task Predict_ContradictoryOptions_IsUsage(string first, string second)
    {
        TestConsole console = new() { Input = "[[0, 1]]" };

        var exit = await console.RunAsync("model", TestModels.Xor, "predict", first, second);

        Assert.Equal(2, exit);
        Assert.Empty(console.Output);
    }

    [Fact]
    public async Task Verify_EqualOutputs_SaysHowMany()
    {
        File.WriteAllText(
            directory.PathOf("cases.json"),
            """{"cases": [{"input": [[0, 1], [1, 1]], "output": [1, 0]}, {"method": "predict", "input": [[0, 0]], "output": [0]}]}""");
        TestConsole console = new();

        var exit = await console.RunAsync("model", TestModels.Xor, "verify", "--file", directory.PathOf("cases.json"));

        Assert.Equal((0, "", "2 cases with 3 rows are as expected.\n"), (exit, console.Error, console.Output));
    }

    [Fact]
    public async Task Verify_OtherOutputs_NamesThePlaces()
    {
        File.WriteAllText(directory.PathOf("cases.json"), """[{"input": [[0, 1], [1, 1]], "output": [1, 1]}, {"input": [[0, 0]], "output": []}]""");
        TestConsole console = new();

        var exit = await console.RunAsync("model", TestModels.Xor, "verify", "--file", directory.PathOf("cases.json"));

        Assert.Equal(1, exit);
        Assert.Equal(
            "Error: The model differs from the stored outputs 2 times:\n"
            + "  case 0, predict, row 1: expected 1, found 0\n"
            + "  case 1, predict: expected 0 rows, found 1\n",
            console.Error);
    }

    [Theory]
    [InlineData("[]", 1)]
    [InlineData("nope", 1)]
    [InlineData("""[{"input": 3, "output": []}]""", 1)]
    public async Task Verify_NoCases_SaysWhatTheyAre(string cases, int expected)
    {
        TestConsole console = new() { Input = cases };

        var exit = await console.RunAsync("model", TestModels.Xor, "verify", "--file", "-");

        Assert.Equal(expected, exit);
        Assert.InRange(console.Error.TrimEnd('\n').Split('\n').Length, 1, 2);
    }

    public void Dispose() => directory.Dispose();
}
