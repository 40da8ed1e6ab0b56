using System.Text;

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
        await File.WriteAllBytesAsync(path, LinearPickle(slope: 2, intercept: 0.5), TestContext.Current.CancellationToken);
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

    /// <summary>What <c>pickle.dumps(LinearRegression().fit(X, y), 3)</c> looks like for one feature, by hand.</summary>
    private static byte[] LinearPickle(double slope, double intercept)
    {
        StringBuilder text = new();
        text.Append("\u0080\u0003csklearn.linear_model._base\nLinearRegression\n)\u0081}(");
        Key("coef_");
        text.Append("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u0085C\u0001b\u0087R(K\u0001K\u0001\u0085");
        text.Append("cnumpy\ndtype\nX\u0002\0\0\0f8\u0089\u0088\u0087R(K\u0003X\u0001\0\0\0<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb");
        text.Append("\u0089C\u0008").Append(Encoding.Latin1.GetString(BitConverter.GetBytes(slope))).Append("tb");
        Key("intercept_");
        text.Append('G').Append(Encoding.Latin1.GetString([.. BitConverter.GetBytes(intercept).Reverse()]));
        Key("n_features_in_");
        text.Append("K\u0001");
        Key("_sklearn_version");
        text.Append("X\u0005\0\0\01.4.2");
        text.Append("ub.");
        return Encoding.Latin1.GetBytes(text.ToString());

        void Key(string name) => text.Append('X').Append((char)name.Length).Append("\0\0\0").Append(name);
    }
}
