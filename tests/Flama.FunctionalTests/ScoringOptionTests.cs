using System.IO.Compression;
using System.Text;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>Files of rows through the real program: encodings, compression, headers, columns that are left out.</summary>
public sealed class ScoringOptionTests
{
    private const string TwoColumns = "cases/csv-header-name-with-space/m.pkl";

    [Theory]
    [InlineData("bool_with_gaps")]
    [InlineData("stacking")]
    [InlineData("na_words")]
    public async Task Predict_TrainingTable_IsAnsweredAsItsRecords(string name)
    {
        using var archive = ZipFile.OpenRead(Fixtures.PathOf("golden/csv/1.8.0.zip"));
        if (archive.GetEntry($"{name}/model.pkl") is null)
        {
            Assert.Skip("The case is not among those of the repository.");
        }

        var folder = Directory.CreateTempSubdirectory();
        foreach (var file in (string[])["model.pkl", "data.csv", "rows.json"])
        {
            archive.GetEntry($"{name}/{file}")!.ExtractToFile(Path.Combine(folder.FullName, file));
        }

        var model = Path.Combine(folder.FullName, "model.pkl");
        var csv = await FlamaProcess.RunAsync(["model", model, "predict", "-f", Path.Combine(folder.FullName, "data.csv")]);
        var json = await FlamaProcess.RunAsync(["model", model, "predict", "-f", Path.Combine(folder.FullName, "rows.json")]);
        folder.Delete(recursive: true);

        Assert.Equal((0, ""), (csv.ExitCode, csv.Error));
        Assert.Equal(json.Output, csv.Output);
    }

    [Fact]
    public async Task Predict_ColumnToDrop_IsLeftOut()
    {
        var result = await PredictAsync("a, b,target\n1,2,yes\n"u8.ToArray(), "rows.csv", "--drop", "target");

        Assert.Equal((0, "[1.0]\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Predict_RecordsWithAColumnToDrop_LeaveItOut()
    {
        var result = await PredictAsync("[{\"a\": 1, \" b\": 2, \"target\": \"yes\"}]"u8.ToArray(), "rows.json", "--drop", "target");

        Assert.Equal((0, "[1.0]\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task Predict_ColumnOfAnotherSpelling_IsTakenWithAWarning()
    {
        var result = await PredictAsync("a,b\n1,2\n"u8.ToArray(), "rows.csv");

        Assert.Equal((0, "[1.0]\n", "Warning: Column 'b' is taken for ' b'.\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Predict_Latin1_IsReadByItsOption()
    {
        var csv = Encoding.Latin1.GetBytes("a, b,é\n1,2,ü\n");

        var wrong = await PredictAsync(csv, "rows.csv", "--drop", "é");
        var right = await PredictAsync(csv, "rows.csv", "--drop", "é", "--encoding", "latin-1");

        Assert.Contains("Line 1 of the CSV is not valid UTF-8.", wrong.Error, StringComparison.Ordinal);
        Assert.Equal((0, "[1.0]\n"), (right.ExitCode, right.Output));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-8")]
    public async Task Predict_ByteOrderMark_TellsTheEncoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        var result = await PredictAsync([.. encoding.GetPreamble(), .. encoding.GetBytes("a; b\r\n1;2\r\n")], "rows.csv");

        Assert.Equal((0, "[1.0]\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Predict_Compressed_IsReadByItsFirstBytes()
    {
        using MemoryStream compressed = new();
        await using (GZipStream gzip = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync("sep=;\na; b\n1;2\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        var result = await PredictAsync(compressed.ToArray(), "rows.csv.gz");

        Assert.Equal((0, "[1.0]\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Predict_CutArchive_SaysThatItCannotBeRead()
    {
        var result = await PredictAsync([0x1F, 0x8B, 8, 0, 0, 0], "rows.csv.gz");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cannot be read to its end", result.Error, StringComparison.Ordinal);
    }

    private static async Task<FlamaResult> PredictAsync(byte[] rows, string name, params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory();
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllBytesAsync(path, rows, TestContext.Current.CancellationToken);
        var result = await FlamaProcess.RunAsync(["model", Fixtures.PathOf(TwoColumns), "predict", "-f", path, .. options]);
        folder.Delete(recursive: true);
        return result;
    }
}
