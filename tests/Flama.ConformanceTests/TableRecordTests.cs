using System.Text.Json;
using Flama.Json;

namespace Flama.ConformanceTests;

/// <summary>Pipelines trained on a table that pandas read, scored with its rows as JSON records: the answers that Python gives for the table.</summary>
public sealed class TableRecordTests
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
    public void Model_OfRecords_AnswersAsForTheTable(string archive, string name)
    {
        var files = SklearnCase.FilesOf(archive, name);
        using var document = JsonDocument.Parse(files["case.json"]);
        var meta = document.RootElement.GetProperty("meta");
        var tolerance = meta.GetProperty("tolerance");
        var expectation = new Expectation(tolerance.GetProperty("rtol").GetDouble(), tolerance.GetProperty("atol").GetDouble());
        using var model = Engines.Load(Pickled.Source(name, files[meta.GetProperty("file").GetString()!]));

        var differences = document.RootElement.GetProperty("expected").EnumerateObject()
            .Select(expected => (expected.Name, Difference: Difference(model, expected.Name, files["rows.json"], expected.Value, expectation)))
            .Where(result => result.Difference is not null)
            .Select(result => $"{result.Name}: {result.Difference}")
            .ToArray();

        Assert.True(differences.Length == 0, string.Join(Environment.NewLine, differences));
    }

    private static string? Difference(Model model, string name, byte[] rows, JsonElement expected, Expectation expectation)
    {
        var method = model.FindMethod(name);
        if (method is null)
        {
            return "the model has no such method";
        }

        try
        {
            using var input = InputReader.For(method.Input).ReadValue(rows);
            using var output = method.Invoke(input);
            return expectation.CompareBare(expected, output);
        }
        catch (FlamaException exception)
        {
            return $"{exception.Code}: {exception.Message}";
        }
    }
}
