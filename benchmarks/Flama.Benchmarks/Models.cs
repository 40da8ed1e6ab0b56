using System.Text.Json;
using Flama.Json;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.Benchmarks;

/// <summary>The models that are timed, by short name.</summary>
internal static class Models
{
    /// <summary>The path of a model's package.</summary>
    public static string PathOf(string name) => Fixtures.PathOf("flm", $"{name}__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    /// <summary>Loads a model of its package.</summary>
    public static Model Load(string name)
    {
        using var package = ModelPackage.Open(PathOf(name));
        return new ModelEngines().AddManaged().Load(package.ReadModel());
    }

    /// <summary>As many rows as asked for, the golden's own over and over, as JSON.</summary>
    public static byte[] Rows(string name, int count)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("flm", $"{name}__sk1.4.2.golden.json")));
        var rows = golden.RootElement.GetProperty("rows").GetProperty("input").EnumerateArray().Select(row => row.GetRawText()).ToArray();
        return System.Text.Encoding.UTF8.GetBytes($"[{string.Join(",", Enumerable.Range(0, count).Select(i => rows[i % rows.Length]))}]");
    }

    /// <summary>The same rows, read.</summary>
    public static FeatureBatch Batch(string name, int count, Model model) => new FeatureReader((TableSpec)model.GetMethod(ModelMethod.Predict).Input).ReadRows(Rows(name, count));
}
