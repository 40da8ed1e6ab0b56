using System.IO.Compression;
using Flama.Tests;

namespace Flama.Boosters.Tests;

/// <summary>Models that XGBoost and LightGBM wrote, in archives of the fixtures and, where it is present, of the shared folder.</summary>
internal static class BoosterFixtures
{
    /// <summary>The models of a library in files with a name.</summary>
    public static TheoryData<string, string> Entries(string library, string fileName)
    {
        TheoryData<string, string> cases = [];
        foreach (var archive in Archives(library))
        {
            using var zip = ZipFile.OpenRead(archive);
            foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith($"/{fileName}", StringComparison.Ordinal)))
            {
                cases.Add(archive, entry.FullName);
            }
        }

        return cases;
    }

    /// <summary>The bytes of an entry.</summary>
    public static byte[] Read(string archive, string entry)
    {
        using var zip = ZipFile.OpenRead(archive);
        using var stream = zip.GetEntry(entry)!.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>What a model answers to rows that are the same in each run, some cells of which are missing.</summary>
    public static double[] Answer(Model model)
    {
        var columns = ((TableSpec)model.Methods[0].Input).Features.Count;
        Random random = new(columns);
        var cells = new double[40 * columns];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = random.Next(6) switch { 0 => double.NaN, 1 => 0, 2 => random.Next(2), _ => (random.NextDouble() * 8) - 4 };
        }

        using var rows = FeatureBatch.Wrap(cells, Math.Max(1, columns));
        using var answer = model.Predict(rows);
        return answer.Batch.Values.ToArray();
    }

    private static IEnumerable<string> Archives(string library) =>
        Fixtures.List("boosters", $"{library}-*.zip").Select(path => Fixtures.PathOf(path))
            .Concat(SharedFixtures.List($"golden/{library}", "*.zip").Select(path => SharedFixtures.PathOf(path)!));
}
