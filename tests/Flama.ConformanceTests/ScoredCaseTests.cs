using System.Text;
using Flama.Scoring;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>Small models and files of rows that were once answered otherwise than by pandas and scikit-learn.</summary>
public sealed class ScoredCaseTests
{
    [Theory]
    [InlineData("bigint-category", "in.json", "transform", "[[0.0], [1.0]]")]
    [InlineData("uint64-label", "in.json", "predict", "[18446744073709551615, 1]")]
    [InlineData("csv-NAN-internal-error", "in.csv", "predict", "[1.1666666666666663, 2.5]")]
    [InlineData("csv-blank-text", "in.csv", "transform", "[[0.0, 0.0], [1.0, 1.0]]")]
    [InlineData("csv-bool-category", "in.csv", "transform", "[[0.0, 1.0], [1.0, 0.0]]")]
    [InlineData("csv-cr-only", "in.csv", "predict", "[2001.0]")]
    [InlineData("csv-digit-text-category", "in.csv", "transform", "[[1.0, 0.0], [0.0, 1.0]]")]
    [InlineData("csv-duplicate-names", "in.csv", "predict", "[0.9999999999999996]")]
    [InlineData("csv-duplicate-names", "in.json", "predict", "[0.9999999999999996]")]
    [InlineData("csv-empty-text-not-imputed", "in.csv", "transform", "[[1.0, 0.0, 7.0], [1.0, 0.0, 7.0]]")]
    [InlineData("csv-empty-text-refused", "in.csv", "transform", "[[1.0, 0.0, 7.0]]")]
    [InlineData("csv-header-0-1", "in.csv", "predict", "[3.0]")]
    [InlineData("csv-header-as-row", "in.csv", "transform", "The header has no column for 'City', 'Kind'")]
    [InlineData("csv-header-name-with-space", "in.csv", "predict", "[1.0]")]
    [InlineData("csv-text-that-reads-as-number", "in.csv", "transform", "[[2.0, 0.0], [3.0, 1.0], [1.0, 3.0], [0.0, 4.0]]")]
    [InlineData("csv-text-that-reads-as-number", "in2.csv", "transform", "[[2.0, 0.0], [4.0, 2.0]]")]
    [InlineData("csv-utf16-latin1-message", "u16.csv", "predict", "")]
    [InlineData("csv-utf16-latin1-message", "l1.csv", "predict", "The header has columns that the model does not know: ''.")]
    public async Task Rows_OfCase_AreAnsweredAsByPython(string name, string file, string method, string expected)
    {
        var answer = await AnswerAsync(name, "m.pkl", file, method);

        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
        Assert.Equal(expected.Length == 0 || expected[0] == '[', answer[0] == '[');
    }

    [Theory]
    [InlineData("e2e", "[1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]\n")]
    [InlineData("e2e2", "[1, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0, 1]\n")]
    public async Task TrainingFile_ScoredAgain_IsAnsweredAsByPython(string name, string expected)
    {
        Assert.Equal(expected, await AnswerAsync("e2e-training-csv", $"{name}.pkl", $"{name}.csv", "predict"));
    }

    private static async Task<string> AnswerAsync(string name, string modelFile, string file, string method)
    {
        using var model = Engines.Load(
            Pickled.Source(name, await File.ReadAllBytesAsync(Fixtures.PathOf($"cases/{name}/{modelFile}"), TestContext.Current.CancellationToken)));
        await using var input = File.OpenRead(Fixtures.PathOf($"cases/{name}/{file}"));
        using MemoryStream output = new();
        try
        {
            await BulkScoring.RunAsync(
                model.GetMethod(method), input, output, new() { InputFormat = RowsFormats.OfName(file) }, cancellationToken: TestContext.Current.CancellationToken);
            return Encoding.UTF8.GetString(output.ToArray());
        }
        catch (FlamaException exception)
        {
            return exception.Message;
        }
    }
}
