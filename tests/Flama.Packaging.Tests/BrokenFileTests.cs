using Flama.Packaging.Tests.Raw;
using Flama.Tests;

namespace Flama.Packaging.Tests;

public sealed class BrokenFileTests
{
    [Theory]
    [InlineData("torch_mlp__g3-v2.1.0-p2__zstd__torch1.13.0a0__failed-dump.flm", "starts with 16 zero bytes: Flama 2.x leaves such a file behind when its dump fails or is interrupted.")]
    [InlineData("torch_seq__g3-v2.1.0-p2__zstd__torch1.13.0a0__failed-dump.flm", "starts with 16 zero bytes: Flama 2.x leaves such a file behind when its dump fails or is interrupted.")]
    [InlineData("iris_logreg__g1-unflushed-empty-model.flm", "holds an empty model: a known bug of Flama 1.1 to 1.11, which loses models of up to 4096 packed bytes.")]
    public void Open_FileOfAKnownWriterBug_NamesTheBug(string file, string expected)
    {
        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Open(Fixtures.PathOf("flm", "broken", file)));

        Assert.Same(ErrorCodes.KnownWriterBug, exception.Code);
        Assert.Equal($"'{file}' {expected}", exception.Message);
        Assert.NotNull(exception.Remedy);
    }

    [Fact]
    public void BrokenFixtures_All_AreCovered() => Assert.Equal(3, Fixtures.List("flm/broken", "*").Count());

    public static TheoryData<string, byte[], string, string> Files() => new()
    {
        { "empty", [], "not_a_model", "'m.flm' is empty." },
        { "text", "hello, world"u8.ToArray(), "not_a_model", "'m.flm' is of no known model format." },
        { "a text that could be zlib", "x = 1, said the file"u8.ToArray(), "not_a_model", "'m.flm' is of no known model format." },
        { "random", Convert.FromHexString("0102030405060708090A0B0C0D0E0F101112"), "not_a_model", "'m.flm' is of no known model format." },
        { "json", """{"a": 1}"""u8.ToArray(), "not_a_model", "'m.flm' is a JSON document of no known model library, not a model." },
        { "zeros", new byte[16], "known_writer_bug", "'m.flm' starts with 16 zero bytes: Flama 2.x leaves such a file behind when its dump fails or is interrupted." },
        { "fewer zeros", new byte[15], "not_a_model", "'m.flm' is of no known model format." },
        { "header cut", Convert.FromHexString("0000000200"), "truncated", "'m.flm' ends too early: its header needs 16 bytes, the file has 5." },
        { "header cut later", Convert.FromHexString("000000020000000300"), "truncated", "'m.flm' ends too early: its header needs 16 bytes, the file has 9." },
        { "table cut", Convert.FromHexString("00000001000000030000000000000000"), "truncated", "'m.flm' ends too early: its table of sections needs 44 bytes, the file has 16." },
        { "codec 0", Header(2, 0), "unknown_codec", "'m.flm': the file is compressed with codec 0, which is not known." },
        { "codec 5", Header(1, 5), "unknown_codec", "'m.flm': the file is compressed with codec 5, which is not known." },
        { "protocol 3", Header(3, 3), "unsupported_format", "'m.flm' is a package of protocol 3; protocols 1 and 2 are known." },
        { "protocol 256", Header(256, 3), "not_a_model", "'m.flm' is of no known model format." },
        { "section codec", RawPackage.Protocol2Sections([0x05, 0], [0xFF, 0, 0, 0, 0], [0xFF, 0, 0]), "unknown_codec", "'m.flm': the metadata section is compressed with codec 0x05, which is not known." },
        { "artifact section codec", RawPackage.Protocol2Sections([0xFF, 0], [0xFE, 0, 0, 0, 0], [0xFF, 0, 0]), "unknown_codec", "'m.flm': the artifacts section is compressed with codec 0xFE, which is not known." },
        { "model section codec", RawPackage.Protocol2Sections([0xFF, 0], [0xFF, 0, 0, 0, 0], [0x80, 0, 0]), "unknown_codec", "'m.flm': the model section is compressed with codec 0x80, which is not known." },
        { "model kind", RawPackage.Protocol2Sections([0xFF, 0], [0xFF, 0, 0, 0, 0], [0xFF, 2, 0]), "unsupported_format", "'m.flm' holds a model of kind 0x02, which is not known." },
        { "no metadata", RawPackage.Protocol2Sections([0xFF], [0xFF, 0, 0, 0, 0], [0xFF, 0, 0]), "corrupt", "'m.flm' is damaged: its metadata section has 1 bytes, at least 2 are needed." },
        { "no artifacts section", RawPackage.Protocol2Sections([0xFF, 0], [], [0xFF, 0, 0]), "corrupt", "'m.flm' is damaged: its artifacts section has 0 bytes, at least 5 are needed." },
        { "no model section", RawPackage.Protocol2Sections([0xFF, 0], [0xFF, 0, 0, 0, 0], [0xFF, 0]), "corrupt", "'m.flm' is damaged: its model section has 2 bytes, at least 3 are needed." },
        { "metadata no JSON", RawPackage.Protocol2("{\n\"id\" 1}"), "corrupt", "'m.flm' is damaged: its metadata is not JSON (line 2, byte 5)." },
        { "metadata an array", RawPackage.Protocol2("[]"), "corrupt", "'m.flm': The package's metadata has no 'id'." },
        { "metadata without framework", RawPackage.Protocol1("""{"id": "a", "timestamp": "b"}"""), "corrupt", "'m.flm': The package's metadata has no 'framework'." },
        { "metadata not UTF-8", RawPackage.Protocol2Sections([0xFF, (byte)'"', 0xFF, (byte)'"'], [0xFF, 0, 0, 0, 0], [0xFF, 0, 0]), "corrupt", "'m.flm' is damaged: its metadata is not valid UTF-8." },
        { "metadata too deep", RawPackage.Protocol2(new string('[', 100_000)), "corrupt", "'m.flm' is damaged: its metadata is not JSON (line 1, byte 512)." },
        { "base64 cut", RawPackage.Protocol2(model: "gAQu\ngA"), "corrupt", "'m.flm' is damaged: the base64 text of its model stops in the middle of a group." },
        { "model without bytes", RawPackage.Protocol2(model: "\n"), "corrupt", "'m.flm' is damaged: the model in it has no bytes." },
        { "zlib garbage", [0x78, 0x9C, .. new byte[20]], "corrupt", "The content of 'm.flm' cannot be read. The zlib data is damaged near byte 22." },
        { "document no object", RawPackage.Zlib("{1}"), "corrupt", "'m.flm' is damaged: its document is not JSON (line 1, byte 1)." },
        { "document without model", RawPackage.Zlib("""{"meta": {}}"""), "corrupt", "'m.flm' is damaged: its JSON document has no 'model'." },
        { "document without metadata", RawPackage.Zlib("""{"model": ""}"""), "corrupt", "'m.flm' is damaged: its JSON document has no 'meta'." },
        { "document with a number", RawPackage.Zlib("""{"model": 1, "meta": {}}"""), "corrupt", "'m.flm' is damaged: the model in its JSON document is not a string." },
        { "document with a tail", RawPackage.Zlib("""{"model": "", "meta": {}} 1"""), "corrupt", "'m.flm' is damaged: its document is not JSON (line 1, byte 26)." },
        { "document not UTF-8", RawPackage.Zlib([.. "{\""u8, 0xFF, .. "\":1}"u8]), "corrupt", "'m.flm' is damaged: its JSON document is not valid UTF-8." },
        { "compressed text", RawPackage.Gzip("hello"u8.ToArray()), "not_a_model", "'m.flm' is a file compressed with gzip in which no model is recognised, not a model." },
        { "tar without model", RawPackage.Tar(new RawTarEntry("readme", "hello")), "not_a_model", "'m.flm' is a tar archive of other files, not a model." },
        { "tar with an empty model", RawPackage.Tar(new RawTarEntry("model")), "known_writer_bug", "'m.flm' holds an empty model: a known bug of Flama 1.1 to 1.11, which loses models of up to 4096 packed bytes." },
        { "tar with two models", RawPackage.TarPackage(new RawTarEntry("model", "x")), "corrupt", "'m.flm' is damaged: its tar archive holds 'model' twice." },
        { "tar with two artifacts of a name", RawPackage.TarPackage(new RawTarEntry("artifacts/a"), new RawTarEntry("./artifacts/a")), "corrupt", "'m.flm' is damaged: it holds the artifact 'a' twice." },
        { "two artifacts of a name", RawPackage.Protocol1(artifacts: [new("a", "1"), new("a", "2")]), "corrupt", "'m.flm' is damaged: it holds the artifact 'a' twice." },
        { "zip cut", "PK\u0003\u0004abc"u8.ToArray(), "truncated", "'m.flm' ends too early: it is a zip archive without its directory, which stands at the end." },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Open_BrokenFile_SaysWhatIsWrong(string what, byte[] bytes, string code, string message)
    {
        var exception = Assert.Throws<FlamaException>(() => Opening.ReadAll(bytes));

        Assert.Equal(message, exception.Message);
        Assert.Equal(code, exception.Code.Name);
        Assert.True(exception.Remedy is not null, what);
    }

    [Fact]
    public void Open_MissingFile_NamesTheFileAndNotItsDirectory()
    {
        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Open(Fixtures.PathOf("nowhere", "missing.flm")));

        Assert.Same(ErrorCodes.FileNotFound, exception.Code);
        Assert.Equal("There is no file 'missing.flm'.", exception.Message);
    }

    [Fact]
    public void Open_Directory_SaysSo()
    {
        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Open(Fixtures.PathOf("flm") + Path.DirectorySeparatorChar));

        Assert.Same(ErrorCodes.FileUnreadable, exception.Code);
        Assert.Equal("'flm' is a directory that holds 'broken/iris_logreg__g1-unflushed-empty-model.flm', not a model file.", exception.Message);
    }

    [Fact]
    public void Open_FileWithoutPermission_SaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "This user may read everything.");
        using var directory = new TemporaryDirectory();
        var path = directory.PathOf("secret.flm");
        File.WriteAllBytes(path, RawPackage.Protocol2());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
        }

        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Open(path));

        Assert.Same(ErrorCodes.FileUnreadable, exception.Code);
        Assert.Equal("There is no permission to read 'secret.flm'.", exception.Message);
    }

    private static byte[] Header(uint protocol, uint codec) => RawPackage.Join(RawPackage.Number(protocol), RawPackage.Number(codec), new byte[40]);
}
