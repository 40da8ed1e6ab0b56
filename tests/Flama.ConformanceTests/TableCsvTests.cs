using System.Text;
using System.Text.Json;
using Flama.Scoring;

namespace Flama.ConformanceTests;

/// <summary>Pipelines trained on a table that pandas read, scored with that very file, and with its rows as a JSON value per line.</summary>
public sealed class TableCsvTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var archive in SklearnCase.Tables)
        {
            foreach (var name in SklearnCase.Names(archive))
            {
                cases.Add(archive, name);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Model_OfCsv_AnswersAsForTheTable(string archive, string name) =>
        CompareAsync(archive, name, files => Csv(files));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Model_OfLines_AnswersAsForTheTable(string archive, string name) =>
        CompareAsync(archive, name, files => (Lines(files["rows.json"]), RowsFormat.NdJson));

    /// <summary>The case's file.</summary>
    internal static (byte[] Rows, RowsFormat? Format) Csv(IReadOnlyDictionary<string, byte[]> files) => (files["data.csv"], RowsFormat.Csv);

    /// <summary>Checks that a case's rows are answered as its table is.</summary>
    internal static async Task CompareAsync(string archive, string name, Func<IReadOnlyDictionary<string, byte[]>, (byte[] Rows, RowsFormat? Format)> input)
    {
        var differences = await DifferencesAsync(archive, name, input);

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    /// <summary>How the answers for a case's rows differ from those for its table.</summary>
    internal static async Task<IReadOnlyList<string>> DifferencesAsync(
        string archive, string name, Func<IReadOnlyDictionary<string, byte[]>, (byte[] Rows, RowsFormat? Format)> input)
    {
        var files = SklearnCase.FilesOf(archive, name);
        using var document = JsonDocument.Parse(files["case.json"]);
        var meta = document.RootElement.GetProperty("meta");
        var tolerance = meta.GetProperty("tolerance");
        var expectation = new Expectation(tolerance.GetProperty("rtol").GetDouble(), tolerance.GetProperty("atol").GetDouble());
        using var model = Engines.Load(Pickled.Source(name, files[meta.GetProperty("file").GetString()!]));
        var (rows, format) = input(files);

        List<string> differences = [];
        foreach (var expected in document.RootElement.GetProperty("expected").EnumerateObject())
        {
            if (await DifferenceAsync(model.GetMethod(expected.Name), rows, format, expected.Value, expectation) is { } difference)
            {
                differences.Add($"{expected.Name}: {difference}");
            }
        }

        return differences;
    }

    private static byte[] Lines(byte[] rows)
    {
        using var document = JsonDocument.Parse(rows);
        return Encoding.UTF8.GetBytes(string.Join('\n', document.RootElement.EnumerateArray().Select(row => row.GetRawText())));
    }

    private static async Task<string?> DifferenceAsync(ModelMethod method, byte[] rows, RowsFormat? format, JsonElement expected, Expectation expectation)
    {
        using MemoryStream input = new(rows);
        using MemoryStream output = new();
        try
        {
            await BulkScoring.RunAsync(method, input, output, new() { InputFormat = format }, cancellationToken: TestContext.Current.CancellationToken);
        }
        catch (FlamaException exception)
        {
            return $"{exception.Code}: {exception.Message}";
        }

        using var answers = JsonDocument.Parse(output.ToArray());
        return expectation.CompareJson(expected, answers.RootElement);
    }
}
