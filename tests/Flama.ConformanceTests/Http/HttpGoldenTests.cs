using System.Text.Json;
using System.Text.Json.Nodes;
using Flama.Tests;

namespace Flama.ConformanceTests.Http;

/// <summary>
/// Every golden model over HTTP: each of its methods with rows by position and by name, each answer checked against the schema that the same server gives,
/// and the example of each method against itself.
/// </summary>
public sealed class HttpGoldenTests
{
    private const int ModelsPerServer = 40;
    private const int ChecksPerMethod = 2;

    public static TheoryData<string> Archives() =>
    [
        .. Fixtures.List("sklearn", "*.zip").Concat(Fixtures.List("sklearn-extra", "*.zip")).Concat(Fixtures.List("boosters", "*.zip")),
        .. SharedFixtures.List("golden", "*.zip", SearchOption.AllDirectories)
            .Where(path => !Tensors.Any(folder => path.StartsWith($"golden/{folder}", StringComparison.Ordinal))),
    ];

    // Archives whose cases have tensors or no input at all.
    private static readonly string[] Tensors = ["keras", "onnx", "torch", "flama"];

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task Models_OfArchive_AnswerAsTheirSchemaTells(string archive)
    {
        var cases = SklearnCase.ReadAll(archive.StartsWith("golden/", StringComparison.Ordinal) ? SharedFixtures.PathOf(archive)! : Fixtures.PathOf(archive));
        List<string> wrong = [];
        var answered = 0;

        foreach (var some in cases.Select(golden => (Golden: golden, Model: TryLoad(golden))).Where(pair => pair.Model is not null).Chunk(ModelsPerServer))
        {
            await using var host = await ModelHost.StartAsync(some.Select((pair, i) => ($"/m{i}", pair.Model!)));
            for (var i = 0; i < some.Length; i++)
            {
                answered += await TryAsync(host, $"/m{i}", some[i].Golden, some[i].Model!, wrong);
                some[i].Model!.Dispose();
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Prepend($"{wrong.Count} wrong of {answered}")));
    }

    // Archives of formats that no engine loads have no model here.
    private static Model? TryLoad(SklearnCase golden)
    {
        try
        {
            return GoldenModel.Load(golden);
        }
        catch (FlamaException)
        {
            return null;
        }
    }

    private static async Task<int> TryAsync(ModelHost host, string path, SklearnCase golden, Model model, List<string> wrong)
    {
        var posted = 0;
        foreach (var method in model.Methods)
        {
            var operation = host.Schema.GetProperty("paths").GetProperty($"{path}/{method.Name}/").GetProperty("post");
            Operation target = new(host, $"{path}/{method.Name}/", operation);
            foreach (var (rows, note) in Requests(golden, method))
            {
                posted++;
                Note(await target.PostAsync(new JsonObject { ["input"] = rows }, expected: null), note);
            }

            foreach (var example in target.Examples)
            {
                posted++;
                Note(await target.PostAsync(example, target.ExampleAnswer), "example");
            }

            void Note(string? problem, string what)
            {
                if (problem is not null)
                {
                    wrong.Add($"{golden.Name} {method.Name}, {what}: {problem}");
                }
            }
        }

        return posted;
    }

    private static IEnumerable<(JsonArray Rows, string Note)> Requests(SklearnCase golden, ModelMethod method)
    {
        if (method.Input is not TableSpec spec)
        {
            // Tensors have requests of their own, see OnnxGoldenTests.
            yield break;
        }

        var count = 0;
        foreach (var check in golden.Checks)
        {
            if (count == ChecksPerMethod
                || !check.TryGetProperty("X", out var input)
                || !check.GetProperty("expected").TryGetProperty(method.Name, out var expected)
                || expected.GetProperty("type").GetString() == "error"
                || HasFewerRows(input, expected)
                || CaseRows.ByPosition(input, spec) is not { Count: > 0 } rows)
            {
                continue;
            }

            count++;
            var id = check.GetProperty("id").GetString();
            yield return (rows, $"{id} by position");
            if (CaseRows.ByName(input, spec) is { } named)
            {
                yield return (named, $"{id} by name");
            }
        }
    }

    // Where Python takes rows out of a table, a request gets an error.
    private static bool HasFewerRows(JsonElement input, JsonElement expected) =>
        input.TryGetProperty("rows", out var given) && expected.TryGetProperty("rows", out var answered) && answered.GetArrayLength() < given.GetArrayLength();
}
