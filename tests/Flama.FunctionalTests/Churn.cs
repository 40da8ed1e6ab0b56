using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>The churn model and what scikit-learn answers with it.</summary>
internal static class Churn
{
    public const string Row = """[10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78]""";

    public static string Path => Fixtures.PathOf("flm", "churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    /// <summary>The golden rows and answers.</summary>
    public static JsonElement Golden()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("flm", "churn__sk1.4.2.golden.json")));
        return document.RootElement.GetProperty("rows").Clone();
    }
}
