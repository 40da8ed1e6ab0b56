namespace Flama.FunctionalTests;

/// <summary>What one model answers is what the next one takes.</summary>
public sealed class PipeTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    [Fact]
    public async Task Pipe_ProbabilitiesIntoAClassifier_Works()
    {
        var first = await FlamaProcess.RunAsync(["model", Xor.Path, "predict_proba"], Xor.Rows);

        var second = await FlamaProcess.RunAsync(["model", Xor.Path, "predict"], first.Output);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Matches(@"^\[\[0\.\d+, 0\.\d+\](, \[0\.\d+, 0\.\d+\]){3}\]\n$", first.Output);
        Assert.Matches(@"^\[[01](, [01]){3}\]\n$", second.Output);
    }

    [Fact]
    public async Task Pipe_ClassesIntoAModelOfOneFeature_AreRowsOfOneValue()
    {
        var path = Path.Combine(directory, "double.pkl");
        await File.WriteAllBytesAsync(path, LinearModel.Pickle(slope: 2, intercept: 0.5), TestContext.Current.CancellationToken);
        var first = await FlamaProcess.RunAsync(["model", Xor.Path, "predict"], Xor.Rows);

        var second = await FlamaProcess.RunAsync(["model", path, "predict"], first.Output);
        var third = await FlamaProcess.RunAsync(["model", path, "predict", "-p"], second.Output);

        Assert.Equal("[0, 1, 1, 0]\n", first.Output);
        Assert.Equal("", second.Error);
        Assert.Equal("[0.5, 2.5, 2.5, 0.5]\n", second.Output);
        Assert.Equal("[\n    1.5,\n    5.5,\n    5.5,\n    1.5\n]\n", third.Output);
    }

    [Fact]
    public async Task Predict_FromAndToFiles_LeavesOnlyTheResult()
    {
        var rows = Path.Combine(directory, "rows.json");
        var output = Path.Combine(directory, "result.json");
        await File.WriteAllTextAsync(rows, $"[{Churn.Row}]", TestContext.Current.CancellationToken);

        var result = await FlamaProcess.RunAsync(["model", Churn.Path, "predict", "--file", rows, "--output", output]);

        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal("[0]\n", await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
        Assert.Equal<IEnumerable<string>>([output, rows], Directory.GetFileSystemEntries(directory).Order(StringComparer.Ordinal));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
