using System.Text;
using System.Text.Json;

namespace Flama.ConformanceTests.Http;

/// <summary>Pipelines trained on a table that pandas read, asked over HTTP with its rows as records: the answers that Python gives for the table.</summary>
public sealed class TableHttpTests
{
    public static TheoryData<string> Archives() => [.. SklearnCase.Tables];

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task Models_OfArchive_AnswerAsForTheTable(string archive)
    {
        string[] names = [.. SklearnCase.Names(archive)];
        var models = names.Select(name => Engines.Load(Pickled.Source(name, SklearnCase.FilesOf(archive, name)["model.pkl"]))).ToList();
        List<string> differences = [];

        await using (var host = await ModelHost.StartAsync(names.Zip(models, (name, model) => ($"/{name}", model))))
        {
            foreach (var name in names)
            {
                await CompareAsync(host, name, SklearnCase.FilesOf(archive, name), differences);
            }
        }

        models.ForEach(model => model.Dispose());
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    private static async Task CompareAsync(ModelHost host, string name, IReadOnlyDictionary<string, byte[]> files, List<string> differences)
    {
        using var document = JsonDocument.Parse(files["case.json"]);
        var tolerance = document.RootElement.GetProperty("meta").GetProperty("tolerance");
        var expectation = new Expectation(tolerance.GetProperty("rtol").GetDouble(), tolerance.GetProperty("atol").GetDouble());
        var request = $"{{\"input\": {Encoding.UTF8.GetString(files["rows.json"])}}}";
        foreach (var expected in document.RootElement.GetProperty("expected").EnumerateObject())
        {
            var (status, body) = await host.PostAsync($"/{name}/{expected.Name}/", request);
            var difference = status == 200 ? expectation.CompareJson(expected.Value, body.GetProperty("output")) : $"{status}: {body.GetRawText()}";
            if (difference is not null)
            {
                differences.Add($"{name} {expected.Name}: {difference}");
            }
        }
    }
}
