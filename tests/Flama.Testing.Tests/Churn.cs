using System.Text;
using Flama.Hosting;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.Testing.Tests;

/// <summary>The sample model, and packages of it with cases.</summary>
internal static class Churn
{
    public const string Rows = """[[10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78], [1, 1, "Doe", 500, "Germany", "Male", 61, 1, 150000, 3, 0, 0, 20000]]""";

    public const string Right = $$"""[{"input": {{Rows}}, "output": [0, 1]}]""";

    public const string Wrong = $$"""
        {"cases": [
          {"input": {{Rows}}, "output": [0, 0]},
          {"method": "predict_proba", "input": {{Rows}}, "output": [[0.5, 0.5], [0.1, 0.2, 0.7]]}]}
        """;

    public static string Path => Fixtures.RepositoryPathOf("samples", "churn", "churn.flm");

    /// <summary>Writes a package of the model with cases.</summary>
    public static string WithCases(TemporaryDirectory directory, string cases)
    {
        using var source = ModelPackage.Open(Path);
        PackageBuilder builder = new(source, new ModelEngines().AddManaged());
        builder.AddArtifact(ArtifactContent.FromBytes("cases.json", Encoding.UTF8.GetBytes(cases)));
        builder.AddArtifact(ArtifactContent.FromArtifact(source.Artifacts["artifact.json"]));
        var path = directory.PathOf("with-cases.flm");
        ModelPackage.Save(path, builder.Build());
        return path;
    }
}
