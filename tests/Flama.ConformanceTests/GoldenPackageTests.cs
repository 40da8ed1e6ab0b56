using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flama.Packaging;
using Flama.Sklearn;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>
/// Packages that the original's versions 1.6.0, 1.12.4 and 2.2.2 wrote: those of scikit-learn load, answer as Python and inspect as the original does; the others are
/// named for what they are.
/// </summary>
public sealed class GoldenPackageTests
{
    private static readonly Dictionary<string, string> Formats = new(StringComparer.Ordinal)
    {
        ["1.12.4-keras"] = "keras",
        ["2.2.2-keras"] = "keras",
        ["1.12.4-torch"] = "torchscript",
        ["2.2.2-torch"] = "torch-export",
        ["2.2.2-transformers"] = "transformers",
    };

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var path in Fixtures.List("golden/flama", "*.zip").Select(path => Fixtures.PathOf(path))
            .Concat(SharedFixtures.List("golden/flama", "*.zip").Select(path => SharedFixtures.PathOf(path)!)))
        {
            foreach (var golden in SklearnCase.ReadAll(path))
            {
                cases.Add(path, golden.Name);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Package_OfTheOriginal_AnswersAndInspectsAsTheOriginal(string archive, string name)
    {
        var golden = SklearnCase.ReadAll(archive).Single(candidate => candidate.Name == name);
        using var package = ModelPackage.Open(golden.Model, "model.flm");

        AssertInspects(golden.Meta.GetProperty("inspect"), package);
        AssertArtifacts(golden.Meta.GetProperty("artifacts"), package);
        if (Formats.TryGetValue(Path.GetFileNameWithoutExtension(archive), out var format))
        {
            var source = package.ReadModel();
            var refusal = Assert.Throws<FlamaException>(() => new ModelEngines().AddSklearn().Load(source));
            Assert.Equal(format, source.Format.Name);
            Assert.Equal(ErrorCodes.UnsupportedFramework, refusal.Code);
            Assert.Contains(source.Format.Description, refusal.Message, StringComparison.Ordinal);
            return;
        }

        var differences = GoldenModel.Compare(golden).Where(result => result.Difference is not null).Select(result => $"{result.Check}: {result.Difference}").ToArray();
        Assert.True(differences.Length == 0, string.Join(Environment.NewLine, differences));
    }

    private static void AssertInspects(JsonElement expected, ModelPackage package)
    {
        using var document = JsonDocument.Parse(InspectDocument.Write(package.Metadata!, package.Artifacts.Names));
        var actual = document.RootElement;
        Assert.Equal(Flat(expected.GetProperty("meta"), expected), Flat(actual.GetProperty("meta"), expected));
        Assert.Equal(expected.TryGetProperty("manifest", out var manifest), actual.TryGetProperty("manifest", out var listed));
        if (manifest.ValueKind == JsonValueKind.Array)
        {
            Assert.True(JsonElement.DeepEquals(manifest, listed), listed.GetRawText());
            return;
        }

        // 1.12 shows an empty object where there are none, all others null.
        var artifacts = expected.GetProperty("artifacts");
        var isEmpty = artifacts.ValueKind == JsonValueKind.Object && !artifacts.EnumerateObject().Any();
        Assert.True(isEmpty ? actual.GetProperty("artifacts").ValueKind == JsonValueKind.Null : JsonElement.DeepEquals(artifacts, actual.GetProperty("artifacts")), actual.GetRawText());
    }

    // One document of transformers was taken from the object that was saved, which has no info; its file has.
    private static string Flat(JsonElement meta, JsonElement expected)
    {
        var node = JsonNode.Parse(meta.GetRawText())!;
        if (expected.GetProperty("meta").GetProperty("framework").GetProperty("lib").GetString() == "transformers")
        {
            node["model"]!["info"] = null;
        }

        return node.ToJsonString();
    }

    private static void AssertArtifacts(JsonElement expected, ModelPackage package)
    {
        Assert.Equal(expected.EnumerateObject().Select(artifact => artifact.Name).Order(), package.Artifacts.Names.Order());
        foreach (var artifact in expected.EnumerateObject())
        {
            using var stream = package.Artifacts[artifact.Name].OpenRead();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            Assert.Equal(artifact.Value.GetProperty("size").GetInt64(), content.Length);
            Assert.Equal(artifact.Value.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content.ToArray())));
        }
    }
}
