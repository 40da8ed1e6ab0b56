using System.Text;
using System.Text.Json;
using Flama.Hosting;
using Flama.Packaging;

namespace Flama.Tests;

public sealed class PackageBuilderTests
{
    private static readonly string Xor = Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    [Fact]
    public void Build_BareFile_TakesWhatTheEngineFinds()
    {
        using var package = ModelPackage.Open(Xor);
        using var bare = ModelPackage.Open(package.ReadModel().Payload.ReadAll(), "xor.pkl");
        var metrics = JsonDocument.Parse("""{"recall": 0.9}""").RootElement;

        PackageBuilder builder = new(bare, new ModelEngines().AddManaged()) { Timestamp = "2023-03-10T11:30:00", Metrics = metrics };
        var content = builder.AddArtifact(ArtifactContent.FromBytes("note", Encoding.UTF8.GetBytes("hello"))).Build();

        Assert.Equal(("sklearn", "1.4.2", "MLPClassifier"), (content.Framework, content.FrameworkVersion, content.ModelClass));
        Assert.Equal(("2023-03-10T11:30:00", 0.9), (content.Timestamp, content.Metrics!.Value.GetProperty("recall").GetDouble()));
        Assert.Equal(["note"], content.Artifacts.Select(artifact => artifact.Name));
        Assert.Equal(content.Id, new PackageBuilder(bare, new ModelEngines().AddManaged()) { Timestamp = "2023-03-10T11:30:00" }.Build().Id);
    }

    [Fact]
    public void Build_Package_KeepsWhatIsNotSet()
    {
        using var package = ModelPackage.Open(Xor);

        var content = new PackageBuilder(package, new ModelEngines()) { ModelClass = "Other" }.Build();

        Assert.Equal((package.Metadata!.Id, package.Metadata.Timestamp, "Other"), (content.Id, content.Timestamp, content.ModelClass));
        Assert.Equal(package.Artifacts.Names, content.Artifacts.Select(artifact => artifact.Name));
    }

    [Fact]
    public void Build_FilesThatBelongToThePayload_ComeAlong()
    {
        using var package = ModelPackage.Open(Xor);
        var path = Path.Combine(Directory.CreateTempSubdirectory("flama-side").FullName, "m.flm");
        PackageRecipe recipe = new([], null) { SideFiles = new Dictionary<string, string>(StringComparer.Ordinal) { ["weights"] = "data/weights.bin" } };
        try
        {
            var plain = new PackageBuilder(package, new ModelEngines()) { Extra = recipe.AddTo(null) }.AddArtifact(ArtifactContent.FromBytes("weights", new byte[] { 1, 2 })).Build();
            ModelPackage.Save(path, plain);
            using (var first = ModelPackage.Open(path))
            {
                var again = new PackageBuilder(first, new ModelEngines()).Build();
                ModelPackage.Save($"{path}2", again);
            }

            using var second = ModelPackage.Open($"{path}2");
            var side = Assert.Single(second.ReadModel().SideFiles);
            Assert.Equal("data/weights.bin", side.Path);
            Assert.Equal(new byte[] { 1, 2 }, side.Content.ReadAll().ToArray());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public void AddArtifact_NameTwice_IsRefused()
    {
        using var package = ModelPackage.Open(Xor);
        PackageBuilder builder = new(package, new ModelEngines());
        builder.AddArtifact(ArtifactContent.FromBytes("note", new byte[] { 1 }));

        var failure = Assert.Throws<FlamaException>(() => builder.AddArtifact(ArtifactContent.FromBytes("note", new byte[] { 2 })));

        Assert.Equal((ErrorCodes.InvalidOption, "Two artifacts are named 'note'."), (failure.Code, failure.Message));
    }
}
