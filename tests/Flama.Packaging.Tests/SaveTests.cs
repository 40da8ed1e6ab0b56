using System.Text;
using Flama.Packaging.Tests.Raw;
using Flama.Tests;

namespace Flama.Packaging.Tests;

public sealed class SaveTests
{
    public static TheoryData<PackageGeneration, string?> Formats() => new()
    {
        { PackageGeneration.Protocol2, PackageSaveOptions.DefaultCompression },
        { PackageGeneration.Protocol2, "zlib" },
        { PackageGeneration.Protocol2, "bz2" },
        { PackageGeneration.Protocol2, null },
        { PackageGeneration.Protocol1, PackageSaveOptions.DefaultCompression },
        { PackageGeneration.Protocol1, "zlib" },
        { PackageGeneration.Protocol1, "bz2" },
        { PackageGeneration.G1, PackageSaveOptions.DefaultCompression },
        { PackageGeneration.G1, "gzip" },
        { PackageGeneration.G1, "gz" },
        { PackageGeneration.G1, "bz2" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Save_EveryFormat_ReadsBackTheSame(PackageGeneration format, string? compression)
    {
        var content = Rich(100_000);

        using var package = Opening.Open(Save(content, new PackageSaveOptions { Format = format, Compression = compression }));

        var metadata = package.Metadata!;
        Assert.Equal(format, package.Format.Generation);
        Assert.Equal(ExpectedCodec(format, compression), package.Format.ModelCompression);
        Assert.True(content.Payload.Span.SequenceEqual(package.ReadModel().Payload.ReadAll().Span));
        Assert.Equal(content.Id, metadata.Id);
        Assert.Equal(content.Timestamp, metadata.Timestamp);
        Assert.Equal((content.Framework, content.FrameworkVersion, content.ModelClass), (metadata.Framework, metadata.FrameworkVersion, metadata.ModelClass));
        Assert.Equal("""{"a":[1,2.5,"é\n",true,null]}""", Compact(metadata.Info!.Value));
        Assert.Equal("é😀", metadata.Extra!.Value.GetString());
        Assert.Null(metadata.Metrics);
        Assert.Equal("z.txt a.bin résumé.json", string.Join(" ", package.Artifacts.Names));
        Assert.Empty(Opening.Content(package.Artifacts["z.txt"]));
        Assert.Equal(200_000, Opening.Content(package.Artifacts["a.bin"]).Length);
        Assert.Equal("{}"u8.ToArray(), Opening.Content(package.Artifacts["résumé.json"]));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Save_Twice_WritesTheSameBytes(PackageGeneration format, string? compression)
    {
        var options = new PackageSaveOptions { Format = format, Compression = compression };

        var first = Save(Rich(5_000), options);
        var second = Save(Rich(5_000), options);

        Assert.Equal(first, second);
    }

    // A fixture without compression shows every byte of the original's writer.
    [Theory]
    [InlineData("flm/xor__g3-v2.1.0-p2-sect-none__zstd__sk1.2.1.flm")]
    [InlineData("flm/xor__g3-v2.1.0-p2-sect-none__zstd__sk1.4.2.flm")]
    public void Save_WhatTheOriginalSaved_WritesItsBytes(string fixture)
    {
        var expected = File.ReadAllBytes(Fixtures.PathOf(fixture));
        using var package = Opening.Open(expected);

        var actual = Save(Contents.Of(package), new PackageSaveOptions { Compression = null });

        Assert.Equal((4, 3), (expected[7], actual[7]));
        expected[7] = actual[7];
        Assert.Equal(expected, actual);
    }

    // bzip2 at level 9 leaves an encoder few choices, zlib some; what is compressed must be the same in any case.
    [Theory]
    [InlineData("flm/churn__g1-v1.6.0__gz__sk1.4.2.flm", PackageGeneration.G1)]
    [InlineData("flm/xor__g1-v1.6.0__gz__sk1.2.1.flm", PackageGeneration.G1)]
    [InlineData("flm/churn__g2-v1.12.4-p1__zlib__sk1.4.2.flm", PackageGeneration.Protocol1)]
    [InlineData("flm/xor__g2-v1.12.4-p1__zlib__sk1.2.1.flm", PackageGeneration.Protocol1)]
    [InlineData("flm/churn__g3-v2.1.0-p2__zlib__sk1.4.2.flm", PackageGeneration.Protocol2)]
    [InlineData("flm/xor__g3-v2.1.0-p2-config__zstd__sk1.2.1.flm", PackageGeneration.Protocol2)]
    [InlineData("flm/bundle_transformers__g3-v2.1.0-p2__zlib.flm", PackageGeneration.Protocol2)]
    public void Save_WhatTheOriginalSaved_WritesItsMetadataAndModelText(string fixture, PackageGeneration format)
    {
        var original = File.ReadAllBytes(Fixtures.PathOf(fixture));
        using var package = Opening.Open(original);

        var saved = Save(Contents.Of(package), new PackageSaveOptions { Format = format });

        Assert.Equal(PackageTexts.Of(original), PackageTexts.Of(saved));
    }

    [Fact]
    public void Save_SectionsWithTheirOwnCodecs_AreReadBack()
    {
        var options = new PackageSaveOptions { Compression = "bz2", MetadataCompression = null, ArtifactCompression = "zlib" };

        using var package = Opening.Open(Save(Rich(100), options));

        Assert.Equal(
            ("bz2", null, "zlib", "bz2"),
            (package.Format.Compression, package.Format.MetadataCompression, package.Format.ArtifactCompression, package.Format.ModelCompression));
    }

    [Fact]
    public void Save_Bundle_KeepsTheArchive()
    {
        var tar = RawPackage.Tar(new RawTarEntry("./config.json", "{}"));
        var content = Contents.Tiny with { Framework = "transformers", Payload = tar };

        using var package = Opening.Open(Save(content));

        Assert.Equal(PackageModelKind.Bundle, package.Format.ModelKind);
        Assert.Equal(tar, package.ReadModel().Payload.ReadAll().ToArray());
    }

    [Fact]
    public void Save_FamilyLlm_HasNoCapabilitiesOfItsOwn()
    {
        var content = Contents.Tiny with { Family = "llm", Framework = "transformers" };

        using var package = Opening.Open(Save(content));

        Assert.Equal("llm", package.Metadata!.Document.GetProperty("framework").GetProperty("family").GetString());
        Assert.False(package.Metadata.Document.TryGetProperty("capabilities", out _));
    }

    [Fact]
    public void Save_WithoutTimestamp_TakesTheTimeOfTheProvider()
    {
        var options = new PackageSaveOptions { TimeProvider = new StoppedClock() };

        using var package = Opening.Open(Save(Contents.Tiny with { Timestamp = null }, options));

        Assert.Equal("2024-05-06T09:08:09.123456", package.Metadata!.Timestamp);
    }

    [Fact]
    public void PackageContent_WithoutId_HasANewUuid()
    {
        var first = new PackageContent { Payload = default, Framework = "a", FrameworkVersion = "b", ModelClass = "c" };
        var second = first with { Id = Guid.NewGuid().ToString() };

        Assert.True(Guid.TryParseExact(first.Id, "D", out _));
        Assert.False(first.Id == second.Id);
    }

    [Fact]
    public void Save_StreamThatCannotSeek_GetsTheSameBytes()
    {
        var expected = Save(Rich(1000));
        var stream = new ForwardStream();

        ModelPackage.Save(stream, Rich(1000));

        Assert.Equal(expected, stream.Written);
    }

    [Fact]
    public void Save_File_CanBeOpened()
    {
        using var directory = new TemporaryDirectory();
        var source = directory.PathOf("source.txt");
        File.WriteAllText(source, "from a file");
        var content = Contents.Tiny with { Artifacts = [ArtifactContent.FromFile("a.txt", source)] };

        ModelPackage.Save(directory.PathOf("m.flm"), content);

        using var package = ModelPackage.Open(directory.PathOf("m.flm"));
        Assert.Equal("from a file", Encoding.UTF8.GetString(Opening.Content(package.Artifacts["a.txt"])));
        Assert.Equal("m.flm source.txt", string.Join(" ", directory.Names()));
    }

    private static string? ExpectedCodec(PackageGeneration format, string? compression) => compression switch
    {
        PackageSaveOptions.DefaultCompression => format == PackageGeneration.G1 ? "gzip" : "zlib",
        "gz" => "gzip",
        _ => compression,
    };

    private static string Compact(System.Text.Json.JsonElement value)
    {
        var json = new Writing.PythonJsonWriter(Writing.PythonJsonStyle.CompactUtf8);
        json.Value(value);
        return Encoding.UTF8.GetString(json.Written.Span);
    }

    private static byte[] Save(PackageContent content, PackageSaveOptions? options = null)
    {
        var stream = new MemoryStream();
        ModelPackage.Save(stream, content, options);
        return stream.ToArray();
    }

    private static PackageContent Rich(int size)
    {
        var payload = new byte[size];
        new Random(size).NextBytes(payload);
        return Contents.Tiny with
        {
            Payload = payload,
            Timestamp = "2023-12-15T17:27:18.983044",
            Info = Contents.Json("""{"a": [1, 2.50, "é\n", true, null]}"""),
            Extra = Contents.Json("\"é😀\""),
            Artifacts =
            [
                ArtifactContent.FromBytes("z.txt", default),
                ArtifactContent.FromStream("a.bin", () => new MemoryStream(new byte[200_000])),
                ArtifactContent.FromBytes("résumé.json", "{}"u8.ToArray()),
            ],
        };
    }
}
