using Flama.Packaging.Tests.Raw;
using Flama.Tests;

namespace Flama.Packaging.Tests;

public sealed class SaveFailureTests
{
    private static readonly byte[] Before = RawPackage.Protocol2();

    public static TheoryData<PackageGeneration> Formats() => [PackageGeneration.Protocol2, PackageGeneration.Protocol1, PackageGeneration.G1];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Save_SourceThatFails_LeavesNothing(PackageGeneration format)
    {
        using var directory = new TemporaryDirectory();

        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Save(directory.PathOf("m.flm"), Failing(), new PackageSaveOptions { Format = format }));

        Assert.Same(ErrorCodes.FileUnreadable, exception.Code);
        Assert.Equal("The content of artifact 'b' cannot be read.", exception.Message);
        Assert.Empty(directory.Names());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Save_SourceThatFails_KeepsTheExistingFile(PackageGeneration format)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.PathOf("m.flm");
        File.WriteAllBytes(path, Before);

        Assert.Throws<FlamaException>(() => ModelPackage.Save(path, Failing(), new PackageSaveOptions { Format = format }));

        Assert.Equal(Before, File.ReadAllBytes(path));
        Assert.Equal("m.flm", string.Join(" ", directory.Names()));
    }

    [Fact]
    public void Save_SourceThatFailsOtherwise_PassesItOnAndLeavesNothing()
    {
        using var directory = new TemporaryDirectory();
        var content = Contents.Tiny with { Artifacts = [ArtifactContent.FromStream("a", () => throw new InvalidOperationException("mine"))] };

        var exception = Assert.Throws<InvalidOperationException>(() => ModelPackage.Save(directory.PathOf("m.flm"), content));

        Assert.Equal("mine", exception.Message);
        Assert.Empty(directory.Names());
    }

    [Fact]
    public void Save_SourceThatFails_WritesNothingToTheStream()
    {
        var stream = new MemoryStream();

        Assert.Throws<FlamaException>(() => ModelPackage.Save(stream, Failing()));

        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void Save_ExistingFile_IsReplaced()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.PathOf("m.flm");
        File.WriteAllText(path, "something else, longer than nothing");

        ModelPackage.Save(path, Contents.Tiny);

        using var package = ModelPackage.Open(path);
        Assert.Equal("an-id", package.Metadata!.Id);
        Assert.Equal("m.flm", string.Join(" ", directory.Names()));
    }

    [Fact]
    public void Save_MissingArtifactFile_NamesTheArtifact()
    {
        var content = Contents.Tiny with { Artifacts = [ArtifactContent.FromFile("a.txt", Path.Combine("no", "such", "file"))] };

        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Save(new MemoryStream(), content));

        Assert.Same(ErrorCodes.FileNotFound, exception.Code);
        Assert.Equal("The file for artifact 'a.txt' does not exist.", exception.Message);
    }

    [Fact]
    public void Save_IntoAMissingDirectory_SaysSo()
    {
        using var directory = new TemporaryDirectory();

        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Save(Path.Combine(directory.PathOf("none"), "m.flm"), Contents.Tiny));

        Assert.Same(ErrorCodes.FileUnwritable, exception.Code);
        Assert.Equal("'m.flm' cannot be written: its directory does not exist.", exception.Message);
    }

    [Fact]
    public void Save_OverADirectory_SaysSo()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.PathOf("m.flm"));

        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Save(directory.PathOf("m.flm"), Contents.Tiny));

        Assert.Equal("'m.flm' cannot be written: it is a directory.", exception.Message);
        Assert.Equal("m.flm", string.Join(" ", directory.Names()));
    }

    public static TheoryData<PackageContent, string> NoPackages() => new()
    {
        { Contents.Tiny with { Id = "" }, "The id is empty." },
        { Contents.Tiny with { Id = " " }, "The id is empty." },
        { Contents.Tiny with { Framework = "" }, "The framework is empty." },
        { Contents.Tiny with { FrameworkVersion = "" }, "The framework version is empty." },
        { Contents.Tiny with { ModelClass = "" }, "The model class is empty." },
        { Contents.Tiny with { Payload = default }, "The model has no bytes." },
        { Contents.Tiny with { Family = "other" }, "The family 'other' is not known." },
        { Contents.Tiny with { Timestamp = "yesterday" }, "The timestamp 'yesterday' is not ISO 8601." },
        { Contents.Tiny with { Timestamp = "" }, "The timestamp '' is not ISO 8601." },
        { Contents.Tiny with { Artifacts = [ArtifactContent.FromBytes("a", default), ArtifactContent.FromBytes("a", default)] }, "There are two artifacts named 'a'." },
        { Contents.Tiny with { Extra = Contents.Json("1e999") }, "The number 1e999 of the metadata is outside of float64." },
        { Contents.Tiny with { Extra = Contents.Json("""{"a": "\ud800"}""") }, "A string of the metadata is not valid Unicode (half a surrogate pair)." },
        { Contents.Tiny with { Extra = Contents.Json("""{"\ud800": 1}""") }, "A string of the metadata is not valid Unicode (half a surrogate pair)." },
        { Contents.Tiny with { Extra = Contents.Json(new string('[', 600) + new string(']', 600)) }, "The metadata is nested deeper than 512 levels." },
    };

    [Theory]
    [MemberData(nameof(NoPackages))]
    public void Save_ContentThatMakesNoPackage_SaysWhy(PackageContent content, string message)
    {
        using var directory = new TemporaryDirectory();

        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Save(directory.PathOf("m.flm"), content));

        Assert.Same(ErrorCodes.InvalidOption, exception.Code);
        Assert.Equal(message, exception.Message);
        Assert.NotNull(exception.Remedy);
        Assert.Empty(directory.Names());
    }

    public static TheoryData<PackageSaveOptions, string> Options() => new()
    {
        { new() { Compression = "zstd" }, "A package of protocol 2 is not written with codec 'zstd'." },
        { new() { Compression = "inherit" }, "A package of protocol 2 is not written with codec 'inherit'." },
        { new() { ModelCompression = "lzma" }, "A package of protocol 2 is not written with codec 'lzma'." },
        { new() { Format = PackageGeneration.Protocol1, Compression = "gzip" }, "A package of protocol 1 is not written with codec 'gzip'." },
        { new() { Format = PackageGeneration.Protocol1, Compression = null }, "A package of protocol 1 is always compressed." },
        { new() { Format = PackageGeneration.G1, Compression = "zlib" }, "A package in the tar format is not written with codec 'zlib'." },
        { new() { Format = PackageGeneration.G1, Compression = null }, "A package in the tar format is always compressed." },
        { new() { Format = PackageGeneration.G0 }, "Packages of generation G0 are not written." },
        { new() { Format = PackageGeneration.Bare }, "Packages of generation Bare are not written." },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Save_OptionsThatMakeNoPackage_SaysWhy(PackageSaveOptions options, string message)
    {
        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Save(new MemoryStream(), Contents.Tiny, options));

        Assert.Same(ErrorCodes.InvalidOption, exception.Code);
        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData(PackageGeneration.Protocol1)]
    [InlineData(PackageGeneration.G1)]
    public void Save_BundleWithoutProtocol2_Refuses(PackageGeneration format)
    {
        var content = Contents.Tiny with { Framework = "transformers" };

        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Save(new MemoryStream(), content, new PackageSaveOptions { Format = format }));

        Assert.Equal("A model of transformers is a bundle, which only protocol 2 can hold.", exception.Message);
    }

    private static PackageContent Failing() => Contents.Tiny with
    {
        Artifacts =
        [
            ArtifactContent.FromBytes("a", new byte[100_000]),
            ArtifactContent.FromStream("b", () => new BrokenStream(100_000)),
        ],
    };
}
