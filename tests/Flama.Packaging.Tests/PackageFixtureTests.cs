using System.Security.Cryptography;
using System.Text;
using Flama.Packaging.Tests.Raw;
using Flama.Tests;

namespace Flama.Packaging.Tests;

/// <summary>Every package that an original writer made, of every generation and codec.</summary>
public sealed class PackageFixtureTests
{
    // The same model was packaged by every generation: its bytes are the same whatever they came in.
    private static readonly Dictionary<string, string> Digests = new(StringComparer.Ordinal)
    {
        ["xor sk1.2.1"] = "95486DC24892",
        ["xor sk1.4.2"] = "A7B6A3D2079E",
        ["churn sk1.2.1"] = "BF2FDABC8C23",
        ["churn sk1.4.2"] = "D1F50E81E40E",
        ["torch_mlp g1 torch1.13.0a0"] = "27CBF739DC1B",
        ["torch_mlp g1 torch2.6.0_debian"] = "C06588ABE070",
        ["torch_seq g1 torch1.13.0a0"] = "7F9BC858D536",
        ["torch_seq g1 torch2.6.0_debian"] = "1BAC2D5F7100",
        ["bundle_transformers"] = "39CBE5F3345F",
    };

    public static TheoryData<string> Packages() =>
        [.. Fixtures.List("flm", "*.flm"), .. Fixtures.List("flm/estimators", "*.flm")];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Open_EveryFixture_TellsItsFormat(string path)
    {
        var fixture = FixtureName.Parse(path);

        using var package = ModelPackage.Open(Fixtures.PathOf(path));

        Assert.Equal(fixture.Generation, package.Format.Generation);
        Assert.Equal(fixture.Compression, package.Format.Compression);
        Assert.Equal(
            fixture.Model == "bundle_transformers" ? PackageModelKind.Bundle : PackageModelKind.Binary, package.Format.ModelKind);
        Assert.Equal(System.IO.Path.GetFileName(path), package.Name);
        Assert.Null(package.Format.Content);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Metadata_EveryFixture_SaysWhatWasPackaged(string path)
    {
        var fixture = FixtureName.Parse(path);

        using var package = ModelPackage.Open(Fixtures.PathOf(path));

        var metadata = package.Metadata!;
        var (id, timestamp, model) = fixture.Model switch
        {
            "xor" => ("621c1d8a-144a-4a86-9a9c-9157f80bfa2d", "2023-03-10T11:30:00", "MLPClassifier"),
            "churn" => ("e9d4a470", "2023-12-15T17:27:18.983044", "Pipeline"),
            "torch_mlp" => ("d319f9f7", "2023-03-10T11:30:00", "SmallMLP"),
            "torch_seq" => ("e6487755", "2023-03-10T11:30:00", "SeqMLP"),
            "bundle_transformers" => ("00000000-0000-0000-0000-000000000007", "2026-06-10T01:02:03", "PosixPath"),
            _ => ("", "2024-01-02T03:04:05", ""),
        };
        Assert.StartsWith(id, metadata.Id, StringComparison.Ordinal);
        Assert.Equal(timestamp, metadata.Timestamp);
        Assert.Contains(model, metadata.ModelClass, StringComparison.Ordinal);
        Assert.Equal(fixture.Framework, metadata.Framework);
        Assert.Equal(fixture.FrameworkVersion ?? metadata.FrameworkVersion, metadata.FrameworkVersion);
        if (fixture.Model == "xor")
        {
            Assert.Equal("{\"recall\":0.95}", metadata.Metrics!.Value.GetRawText().Replace(" ", "", StringComparison.Ordinal));
            Assert.Equal("1.0.0", metadata.Version);
        }
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Artifacts_EveryFixture_HaveTheirNamesAndContents(string path)
    {
        var fixture = FixtureName.Parse(path);
        (string, string)[] expected = fixture switch
        {
            { Generation: PackageGeneration.G0 } or { HasArtifacts: false } => [],
            { Model: "churn" } => [("artifact.json", """{"agents_per_client": 0.2, "operational_cost": 20000}""")],
            { Model: "bundle_transformers" } or { Model: "xor" or "torch_mlp" or "torch_seq", IsWithoutEmptyArtifact: true } =>
                [("foo.json", """{"bar": 1}""")],
            _ => [("foo.json", """{"bar": 1}"""), ("empty.txt", "")],
        };

        using var package = ModelPackage.Open(Fixtures.PathOf(path));

        Assert.Equal(
            expected, package.Artifacts.Select(artifact => (artifact.Name, Encoding.UTF8.GetString(Opening.Content(artifact)))));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void ReadModel_EveryFixture_GivesTheFrameworksBytes(string path)
    {
        var fixture = FixtureName.Parse(path);
        using var package = ModelPackage.Open(Fixtures.PathOf(path));

        var source = package.ReadModel();

        var payload = source.Payload.ReadAll().Span;
        Assert.Equal(fixture.Framework == "sklearn", source.Format == ModelFormats.Pickle);
        Assert.True(source.Format.IsModel);
        Assert.Equal(fixture.Framework, source.Framework);
        Assert.Same(package.Metadata, source.Metadata);
        Assert.True(fixture.Framework switch
        {
            "sklearn" => payload.StartsWith((ReadOnlySpan<byte>)[0x80, 4]) && payload[^1] == '.',
            "torch" => payload.StartsWith("PK\x03\x04"u8),
            _ => payload.StartsWith("./"u8) && payload.Slice(257, 5).SequenceEqual("ustar"u8),
        });
        if (Digests.TryGetValue(fixture.Key, out var digest))
        {
            Assert.StartsWith(digest, Convert.ToHexString(SHA256.HashData(payload)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Digests_EveryEntry_HasFixtures()
    {
        var keys = Packages().Select(row => FixtureName.Parse(row.Data).Key).ToHashSet(StringComparer.Ordinal);

        Assert.All(Digests.Keys, key => Assert.Contains(key, keys));
        Assert.True(Packages().Count > 100);
    }

    [Fact]
    public void Open_SectionsWithTheirOwnCodecs_TellsEach()
    {
        using var mixed = ModelPackage.Open(Fixtures.PathOf("flm/xor__g3-v2.1.0-p2-sect-mixed__zstd__sk1.2.1.flm"));
        using var none = ModelPackage.Open(Fixtures.PathOf("flm/xor__g3-v2.1.0-p2-sect-none__zstd__sk1.2.1.flm"));

        Assert.Equal(("bz2", "zlib", "lzma"), (mixed.Format.MetadataCompression, mixed.Format.ArtifactCompression, mixed.Format.ModelCompression));
        Assert.Null(none.Format.MetadataCompression ?? none.Format.ArtifactCompression ?? none.Format.ModelCompression);
        Assert.Equal("zstd", none.Format.Compression);
    }
}
