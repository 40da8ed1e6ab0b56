using System.Text;
using Flama.Packaging.Tests.Raw;

namespace Flama.Packaging.Tests;

public sealed class ArtifactNameTests
{
    public static TheoryData<string, string> UnsafeNames() => new()
    {
        { "../x", "holds a path separator" },
        { "/etc/passwd", "holds a path separator" },
        { "a/b", "holds a path separator" },
        { "a\\b", "holds a path separator" },
        { "\\\\server\\share", "holds a path separator" },
        { "C:x", "holds a colon, which Windows takes for a drive or a stream" },
        { "a.txt:stream", "holds a colon, which Windows takes for a drive or a stream" },
        { "..", "names a directory" },
        { ".", "names a directory" },
        { "", "is empty" },
        { "a\0b", "holds a control character" },
        { "a\nb", "holds a control character" },
        { "\u007f", "holds a control character" },
        { "CON", "is a device on Windows" },
        { "nul.txt", "is a device on Windows" },
        { "com1", "is a device on Windows" },
        { "LPT9.tar.gz", "is a device on Windows" },
        { "aux .json", "is a device on Windows" },
        { "COM¹", "is a device on Windows" },
        { "a.", "ends with a dot or a space, which Windows drops" },
        { "a ", "ends with a dot or a space, which Windows drops" },
        { new string('é', 128), "is longer than 255 bytes" },
    };

    [Theory]
    [MemberData(nameof(UnsafeNames))]
    public void Open_Protocol1WithUnsafeName_Refuses(string name, string problem) =>
        AssertRefused(RawPackage.Protocol1(artifacts: [new("ok.txt", "1"), new(name, "2")]), name, problem);

    [Theory]
    [MemberData(nameof(UnsafeNames))]
    public void Open_Protocol2WithUnsafeName_Refuses(string name, string problem) =>
        AssertRefused(RawPackage.Protocol2(artifacts: [new(name, "2")]), name, problem);

    [Theory]
    [MemberData(nameof(UnsafeNames))]
    public void Save_UnsafeName_Refuses(string name, string problem)
    {
        var content = Contents.Tiny with { Artifacts = [ArtifactContent.FromBytes(name, "2"u8.ToArray())] };

        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Save(new MemoryStream(), content));

        Assert.Same(ErrorCodes.UnsafeArtifactName, exception.Code);
        Assert.Equal($"The artifact name '{ArtifactName.Display(name)}' {problem}.", exception.Message);
    }

    [Fact]
    public void Save_NameWithHalfASurrogatePair_Refuses()
    {
        var content = Contents.Tiny with { Artifacts = [ArtifactContent.FromBytes("a\ud83d", default)] };

        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Save(new MemoryStream(), content));

        Assert.EndsWith("is not valid Unicode.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("artifacts/a\\b", '0', "a\\b", "holds a path separator")]
    [InlineData("artifacts/C:x", '0', "C:x", "holds a colon, which Windows takes for a drive or a stream")]
    [InlineData("artifacts/CON", '0', "CON", "is a device on Windows")]
    [InlineData("artifacts/a\u0001", '0', "a\ufffd", "holds a control character")]
    [InlineData("artifacts/../x", '0', "artifacts/../x", "leads out of the package")]
    [InlineData("artifacts/sub/..\\x", '0', "artifacts/sub/..\\x", "leads out of the package")]
    [InlineData("../x", '0', "../x", "leads out of the package")]
    [InlineData("..", '5', "..", "leads out of the package")]
    [InlineData("/etc/passwd", '0', "/etc/passwd", "is an absolute path")]
    [InlineData("\\x", '0', "\\x", "is an absolute path")]
    [InlineData("C:/x", '0', "C:/x", "is an absolute path")]
    [InlineData("artifacts/link", '2', "artifacts/link", "is that of a link")]
    [InlineData("artifacts/hard", '1', "artifacts/hard", "is that of a link")]
    [InlineData("other/link", '2', "other/link", "is that of a link")]
    [InlineData("artifacts/tty", '3', "artifacts/tty", "is that of a device")]
    [InlineData("artifacts/sda", '4', "artifacts/sda", "is that of a device")]
    [InlineData("artifacts/pipe", '6', "artifacts/pipe", "is that of a device")]
    public void Open_TarWithUnsafeEntry_Refuses(string path, char type, string shown, string problem)
    {
        var archive = RawPackage.TarPackage(new RawTarEntry("artifacts/ok.txt", "1"), new RawTarEntry(path, "", type));

        AssertRefused(archive, shown, problem);
        AssertRefused(RawPackage.Gzip(archive), shown, problem);
    }

    [Fact]
    public void Open_TarWithUnsafeExtendedName_Refuses()
    {
        var pax = RawPackage.TarPackage(new RawTarEntry("x", "26 path=artifacts/../../x\n", 'x'), new RawTarEntry("artifacts/a", "1"));
        var gnu = RawPackage.TarPackage(new RawTarEntry("././@LongLink", "/etc/passwd\0", 'L'), new RawTarEntry("artifacts/a", "1"));

        AssertRefused(pax, "artifacts/../../x", "leads out of the package");
        AssertRefused(gnu, "/etc/passwd", "is an absolute path");
    }

    [Theory]
    [InlineData("résumé.json")]
    [InlineData("模型.txt")]
    [InlineData("😀.bin")]
    [InlineData(".hidden")]
    [InlineData("a b..c")]
    [InlineData("console")]
    [InlineData("CONS.txt")]
    [InlineData("com10")]
    [InlineData("model")]
    public void Open_PlainName_IsTakenByEveryGeneration(string name)
    {
        byte[][] files =
        [
            RawPackage.Protocol1(artifacts: [new(name, "1")]),
            RawPackage.Protocol2(artifacts: [new(name, "1")]),
            RawPackage.TarPackage(new RawTarEntry($"artifacts/{name}", "1")),
        ];

        foreach (var file in files)
        {
            using var package = Opening.Open(file);

            Assert.Equal("1"u8.ToArray(), Opening.Content(package.Artifacts[name]));
        }
    }

    // Python's len() of the name: characters, not bytes.
    [Fact]
    public void Open_NameSizeInCharacters_ReadsTheNames()
    {
        RawArtifact[] artifacts =
        [
            new("résumé.json", "first") { NameSize = 11 }, new("plain", "second"), new("😀模.bin", "third") { NameSize = 6 },
        ];

        foreach (var file in new[] { RawPackage.Protocol1(artifacts: artifacts), RawPackage.Protocol2(artifacts: artifacts) })
        {
            using var package = Opening.Open(file);

            Assert.Equal("résumé.json plain 😀模.bin", string.Join(" ", package.Artifacts.Names));
            var contents = package.Artifacts.Select(artifact => Encoding.UTF8.GetString(Opening.Content(artifact)));
            Assert.Equal("first second third", string.Join(" ", contents));
        }
    }

    [Fact]
    public void Open_NameNotUtf8_IsDamaged()
    {
        var file = RawPackage.Protocol2(artifacts: [new RawArtifact([0xC3, 0x28], "x"u8.ToArray())]);

        var exception = Assert.Throws<FlamaException>(() => Opening.Open(file));

        Assert.Same(ErrorCodes.Corrupt, exception.Code);
        Assert.Equal("'m.flm' is damaged: its 1 artifacts do not fill the 15 bytes of their section, or a name is not UTF-8.", exception.Message);
    }

    [Fact]
    public void Display_LongName_IsCut()
    {
        var shown = ArtifactName.Display(new string('a', 500) + "\n");

        Assert.Equal(new string('a', 80) + "…", shown);
    }

    private static void AssertRefused(byte[] file, string name, string problem)
    {
        var exception = Assert.Throws<FlamaException>(() => Opening.Open(file));

        Assert.Same(ErrorCodes.UnsafeArtifactName, exception.Code);
        Assert.Equal($"'m.flm' holds an artifact '{ArtifactName.Display(name)}' whose name {problem}.", exception.Message);
    }
}
