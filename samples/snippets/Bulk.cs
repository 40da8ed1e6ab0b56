using Flama;
using Flama.Hosting;
using Flama.Scoring;

namespace Snippets;

internal static class Bulk
{
    public static async Task File(Model model)
    {
        await using var input = System.IO.File.OpenRead("customers.csv");
        await using var output = System.IO.File.Create("answers.ndjson");
        await BulkScoring.RunAsync(model.GetMethod("predict"), input, output, new() { OutputFormat = RowsFormat.NdJson });
    }

    public static void Cases(LoadedModel model, byte[] json)
    {
        var cases = ModelCases.Read(json);
        var differences = ModelCases.Verify(model.Model, cases, 1e-9);
        Console.WriteLine(differences.Count == 0 ? "as stored" : differences[0]);
    }
}
