using System.Text;
using Flama.Packaging.Tests.Raw;

namespace Flama.Packaging.Tests;

/// <summary>The dialects of tar.</summary>
public sealed class TarPackageTests
{
    private static readonly string LongName = new string('n', 120) + ".txt";

    public static TheoryData<string, RawTarEntry[], string> Dialects() => new()
    {
        { "ustar", [new("artifacts/a", "1")], "a=1" },
        { "old", [new("artifacts/a", "1") { Magic = "", Type = '\0' }], "a=1" },
        { "gnu", [new("artifacts/a", "1") { Magic = "ustar  \0", Prefix = "12345" }], "a=1" },
        { "prefix", [new("a", "1") { Prefix = "artifacts" }], "a=1" },
        { "dot", [new("./", "", '5'), new("./artifacts/", "", '5'), new("./artifacts/a", "1")], "a=1" },
        { "contiguous", [new("artifacts/a", "1", '7')], "a=1" },
        { "unknown type", [new("artifacts/a", "1", 'Z')], "a=1" },
        { "pax path", [new("x", "27 path=artifacts/r\u00e9s.txt\n", 'x'), new("artifacts/r", "1")], "rés.txt=1" },
        { "pax time", [new("x", "28 mtime=1795220203.8791082\n", 'x'), new("artifacts/a", "1")], "a=1" },
        { "pax global", [new("x", "30 path=nonsense for everybody\n", 'g'), new("artifacts/a", "1")], "a=1" },
        { "pax size", [new("x", "10 size=3\n", 'x'), new("artifacts/a", "123") { Size = "00000000000" }], "a=123" },
        { "gnu long name", [new("././@LongLink", $"artifacts/{LongName}\0", 'L'), new("artifacts/n", "1")], $"{LongName}=1" },
        { "gnu long link name", [new("././@LongLink", "some/target\0", 'K'), new("artifacts/a", "1")], "a=1" },
        { "binary size", [new("artifacts/a", "123") { Size = "\u0080\0\0\0\0\0\0\0\0\0\0\u0003" }], "a=123" },
        { "spaced size", [new("artifacts/a", "123") { Size = "         3 \0" }], "a=123" },
        { "order", [new("artifacts/z", "1"), new("artifacts/b", ""), new("artifacts/a", "2")], "z=1 b= a=2" },
        { "below", [new("artifacts/dir/", "", '5'), new("artifacts/dir/x", "1"), new("artifacts/a", "2"), new("other/y", "3"), new("z", "4")], "dir/x=1 a=2" },
        { "old directory", [new("artifacts/dir/") { Type = '0' }, new("artifacts/a", "2")], "dir/ a=2" },
        { "directory below a directory", [new("artifacts/d/e/", "", '5'), new("artifacts/d/e/y", "1"), new("artifacts/d/x", "2")], "d/e/y=1 d/x=2" },
        { "directory with a size", [new("artifacts/dir", "", '5') { Size = "00000001000" }, new("artifacts/a", "2")], "dir/ a=2" },
        { "a block to the byte", [new("artifacts/a", new string('1', 512)), new("artifacts/b", "2")], $"a={new string('1', 512)} b=2" },
    };

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Open_TarOfAnyDialect_ListsTheDirectChildren(string what, RawTarEntry[] entries, string expected)
    {
        var plain = RawPackage.TarPackage(entries);

        foreach (var (bytes, codec) in new[] { (plain, null), (RawPackage.Gzip(plain), "gzip") })
        {
            using var package = Opening.Open(bytes);

            Assert.Equal(expected, Describe(package));
            Assert.Equal(codec, package.Format.Compression);
            Assert.True(package.ReadModel().Payload.Length == 3, what);
        }
    }

    public static TheoryData<string, RawTarEntry[], string, string> Broken() => new()
    {
        { "size no number", [new("artifacts/a", "1") { Size = "0000000008x" }], "corrupt", "'m.flm' is damaged: a size in its tar archive is not a number, near byte 512." },
        { "size negative", [new("artifacts/a", "1") { Size = "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff" }], "corrupt", "'m.flm' is damaged: a size in its tar archive is not a number, near byte 512." },
        { "size beyond 64 bits", [new("artifacts/a", "1") { Size = "\u0080\u0001\0\0\0\0\0\0\0\0\0\0" }], "corrupt", "'m.flm' is damaged: a size in its tar archive is not a number, near byte 512." },
        { "size beyond the file", [new("artifacts/a", "1") { Size = "77777777777" }], "truncated", "'m.flm' ends too early: its tar archive stops at byte 3072, inside of an entry." },
        { "huge pax header", [new("x", "1", 'x') { Size = "17777777777" }], "corrupt", "'m.flm' is damaged: its tar archive has an extended header of 2147483647 bytes, at most 65536 are sensible." },
        { "huge long name", [new("x", "1", 'L') { Size = "17777777777" }], "corrupt", "'m.flm' is damaged: its tar archive has an extended header of 2147483647 bytes, at most 65536 are sensible." },
        { "pax length", [new("x", "99 path=artifacts/a\n", 'x'), new("artifacts/a")], "corrupt", "'m.flm' is damaged: its tar archive has a damaged extended header near byte 532." },
        { "pax no number", [new("x", "path=artifacts/a\n", 'x'), new("artifacts/a")], "corrupt", "'m.flm' is damaged: its tar archive has a damaged extended header near byte 529." },
        { "pax length zero", [new("x", "0 a=b\n", 'x'), new("artifacts/a")], "corrupt", "'m.flm' is damaged: its tar archive has a damaged extended header near byte 518." },
        { "pax size", [new("x", "11 size=-1\n", 'x'), new("artifacts/a")], "corrupt", "'m.flm' is damaged: a size in its tar archive is not a number, near byte 523." },
        { "name not UTF-8", [new([0xFF, (byte)'a'], '0', [])], "corrupt", "'m.flm' is damaged: a name in its tar archive is not UTF-8, near byte 512." },
        { "sparse", [new("artifacts/a", "", 'S')], "unsupported_format", "'m.flm': its tar archive holds a sparse file near byte 512." },
        { "pax sparse", [new("x", "22 GNU.sparse.major=1\n", 'x'), new("artifacts/a")], "unsupported_format", "'m.flm': its tar archive holds a sparse file near byte 534." },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Open_BrokenTar_SaysWhere(string what, RawTarEntry[] entries, string code, string message)
    {
        var file = RawPackage.TarPackage([.. entries]);

        var exception = Assert.Throws<FlamaException>(() => Opening.Open(file));

        Assert.Equal(message, exception.Message);
        Assert.True(code == exception.Code.Name, what);
    }

    [Fact]
    public void Open_WrongChecksumLaterOn_IsDamaged()
    {
        var file = RawPackage.TarPackage(new RawTarEntry("artifacts/a", "1"));
        file[1024 + 3] ^= 1;

        var exception = Assert.Throws<FlamaException>(() => Opening.Open(file));

        Assert.Equal("'m.flm' is damaged: its tar archive has a header with a wrong checksum at byte 1024.", exception.Message);
    }

    [Fact]
    public void Open_GzipWithDamagedChecksum_IsDamaged()
    {
        var file = RawPackage.Gzip(RawPackage.TarPackage());
        file[^8] ^= 1;

        var exception = Assert.Throws<FlamaException>(() => Opening.Open(file));

        Assert.Same(ErrorCodes.Corrupt, exception.Code);
        Assert.StartsWith("The tar archive of 'm.flm' cannot be read.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_OfADirectory_HasItsFiles_AndItsContentIsNotOneFile()
    {
        using var package = Opening.Open(RawPackage.TarPackage(new RawTarEntry("artifacts/d/e/y", "1"), new RawTarEntry("artifacts/d/x", "2")));
        var artifact = package.Artifacts["d"];

        var exception = Assert.Throws<FlamaException>(artifact.OpenRead);
        var missing = Assert.Throws<FlamaException>(() => artifact.OpenRead("z"));

        Assert.Equal("1", File.ReadAllText(Path.Combine(artifact.Path, "e", "y")));
        Assert.Equal("2", File.ReadAllText(Path.Combine(artifact.Path, "x")));
        Assert.Equal("Artifact 'd' is a directory of 2 files.", exception.Message);
        Assert.Equal(ErrorCodes.ArtifactNotFound, missing.Code);
    }

    [Fact]
    public void Save_Directory_GoesIntoTarPackagesOnly()
    {
        using var package = Opening.Open(RawPackage.TarPackage(new RawTarEntry("artifacts/d/e/y", "1"), new RawTarEntry("artifacts/d/x", "2")));
        var content = new PackageContent
        {
            Payload = package.ReadModel().Payload.ReadAll(),
            Id = package.Metadata!.Id,
            Framework = package.Metadata.Framework,
            FrameworkVersion = package.Metadata.FrameworkVersion,
            ModelClass = package.Metadata.ModelClass,
            Artifacts = [.. package.Artifacts.Select(ArtifactContent.FromArtifact)],
        };
        using MemoryStream file = new();

        ModelPackage.Save(file, content, new PackageSaveOptions { Format = PackageGeneration.G1 });
        var refused = Assert.Throws<FlamaException>(() => ModelPackage.Save(Stream.Null, content));

        using var saved = Opening.Open(file.ToArray());
        Assert.Equal(["e/y", "x"], saved.Artifacts["d"].Files);
        Assert.Equal("1", File.ReadAllText(Path.Combine(saved.Artifacts["d"].Path, "e", "y")));
        Assert.Equal("The artifact 'd' is a directory, which only the tar format (G1) can hold.", refused.Message);
    }

    [Theory]
    [InlineData("artifacts/d/../../x")]
    [InlineData("artifacts/d/nul")]
    [InlineData("artifacts/d/a:b")]
    public void Open_UnsafePathInADirectory_IsRefused(string path)
    {
        var exception = Assert.Throws<FlamaException>(() => Opening.Open(RawPackage.TarPackage(new RawTarEntry(path, "1"))));

        Assert.Equal(ErrorCodes.UnsafeArtifactName, exception.Code);
    }

    private static string Describe(ModelPackage package) => string.Join(" ", package.Artifacts.Select(artifact => artifact.IsDirectory
        ? artifact.Files.Count == 0 ? $"{artifact.Name}/" : string.Join(" ", artifact.Files.Select(path => $"{artifact.Name}/{path}={ContentOf(artifact.OpenRead(path))}"))
        : $"{artifact.Name}={ContentOf(artifact.OpenRead())}"));

    private static string ContentOf(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
