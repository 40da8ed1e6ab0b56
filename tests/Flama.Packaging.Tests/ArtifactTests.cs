using System.Text;
using Flama.Packaging.Tests.Raw;
using Flama.Tests;

namespace Flama.Packaging.Tests;

public sealed class ArtifactTests
{
    private const string Large = "large.bin";

    public static TheoryData<string> Fixture() =>
    [
        "flm/xor__g1-v1.6.0__gz__sk1.4.2.flm", "flm/xor__g3-v2.1.0-p1__zlib__sk1.4.2.flm", "flm/xor__g3-v2.1.0-p2__zlib__sk1.4.2.flm",
        "flm/xor__g3-v2.1.0-p2-sect-none__zstd__sk1.4.2.flm",
    ];

    [Theory]
    [MemberData(nameof(Fixture))]
    public void Path_WhenRead_IsAnExtractedCopyThatGoesAwayWithThePackage(string fixture)
    {
        string first;
        string second;
        string directory;
        using (var package = ModelPackage.Open(Fixtures.PathOf(fixture)))
        {
            Assert.Null(package.ExtractionDirectory);

            first = package.Artifacts["foo.json"].Path;
            second = package.Artifacts["empty.txt"].Path;
            directory = package.ExtractionDirectory!;

            Assert.Equal("foo.json", System.IO.Path.GetFileName(first));
            Assert.Equal("{\"bar\": 1}", File.ReadAllText(first));
            Assert.Empty(File.ReadAllBytes(second));
            Assert.Equal(first, package.Artifacts["foo.json"].Path);
            Assert.StartsWith(directory, first, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(first));
        Assert.False(Directory.Exists(directory));
    }

    [Fact]
    public void Path_OnUnix_IsReadableByThisUserOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows protects the temporary directory itself.");
        using var package = Opening.Open(RawPackage.Protocol2(artifacts: [new("a", "1")]));

        _ = package.Artifacts["a"].Path;

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(owner, OperatingSystem.IsWindows() ? owner : File.GetUnixFileMode(package.ExtractionDirectory!));
    }

    [Fact]
    public void Path_NamesThatDifferInCaseOnly_AreTwoFiles()
    {
        using var package = Opening.Open(RawPackage.Protocol2(artifacts: [new("A.txt", "upper"), new("a.txt", "lower")]));

        var paths = package.Artifacts.Select(artifact => artifact.Path).ToArray();

        Assert.Equal("upper", File.ReadAllText(paths[0]));
        Assert.Equal("lower", File.ReadAllText(paths[1]));
    }

    [Fact]
    public void Path_DamagedContent_ThrowsAndLeavesNoFile()
    {
        using var package = Opening.Open(DamagedArtifact());

        var exception = Assert.Throws<FlamaException>(() => package.Artifacts["a"].Path);

        Assert.Same(ErrorCodes.Corrupt, exception.Code);
        Assert.Empty(Directory.EnumerateFiles(package.ExtractionDirectory!, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void OpenRead_DamagedContent_NamesTheArtifact()
    {
        using var package = Opening.Open(DamagedArtifact());

        var exception = Assert.Throws<FlamaException>(() => Opening.Content(package.Artifacts["a"]));

        Assert.StartsWith("The artifact 'a' of 'm.flm' cannot be read. The zlib data is damaged", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_AfterDispose_Throw()
    {
        var package = Opening.Open(RawPackage.Protocol2(artifacts: [new("a", "1")]));
        var artifact = package.Artifacts["a"];

        package.Dispose();

        Assert.Throws<ObjectDisposedException>(() => artifact.OpenRead());
        Assert.Throws<ObjectDisposedException>(() => artifact.Path);
        Assert.Throws<ObjectDisposedException>(package.ReadModel);
        package.Dispose();
    }

    [Fact]
    public void Artifacts_UnknownName_ListsTheKnown()
    {
        using var some = Opening.Open(RawPackage.Protocol2(artifacts: [new("a", ""), new("b", "")]));
        using var many = Opening.Open(RawPackage.Protocol2(artifacts: [.. Enumerable.Range(0, 12).Select(i => new RawArtifact($"n{i}", ""))]));
        using var none = Opening.Open(RawPackage.Protocol2());

        var ofSome = Assert.Throws<FlamaException>(() => some.Artifacts["A"]);
        var ofMany = Assert.Throws<FlamaException>(() => many.Artifacts["x"]);
        var ofNone = Assert.Throws<FlamaException>(() => none.Artifacts["x"]);

        Assert.Same(ErrorCodes.ArtifactNotFound, ofSome.Code);
        Assert.Equal("'m.flm' has no artifact 'A'.", ofSome.Message);
        Assert.Equal("It has: a, b.", ofSome.Remedy);
        Assert.Equal("It has: n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 2 more.", ofMany.Remedy);
        Assert.Equal("It has none.", ofNone.Remedy);
        Assert.False(none.Artifacts.TryGet("x", out _));
    }

    [Fact]
    public void OpenRead_LargeArtifactOfATar_IsDecompressedAgain()
    {
        var content = new byte[300_000];
        new Random(5).NextBytes(content);
        var file = RawPackage.TarPackage(
            new RawTarEntry("artifacts/small.txt", "small"), new RawTarEntry(Encoding.UTF8.GetBytes($"artifacts/{Large}"), '0', content));

        foreach (var bytes in new[] { file, RawPackage.Gzip(file) })
        {
            using var package = Opening.Open(bytes);

            Assert.Equal(content, Opening.Content(package.Artifacts[Large]));
            Assert.Equal(content, File.ReadAllBytes(package.Artifacts[Large].Path));
            Assert.Equal("small"u8.ToArray(), Opening.Content(package.Artifacts["small.txt"]));
        }
    }

    [Fact]
    public void OpenRead_TwoAtOnce_DoNotDisturbEachOther()
    {
        using var package = ModelPackage.Open(Fixtures.PathOf("flm/churn__g3-v2.1.0-p2__zlib__sk1.4.2.flm"));
        using var first = package.Artifacts[0].OpenRead();
        using var second = package.Artifacts[0].OpenRead();

        var letters = Enumerable.Range(0, 10).Select(_ => (first.ReadByte(), second.ReadByte())).ToArray();

        Assert.All(letters, pair => Assert.Equal(pair.Item1, pair.Item2));
        Assert.Equal('{', letters[0].Item1);
    }

    private static byte[] DamagedArtifact()
    {
        var bytes = RawPackage.Protocol1(artifacts: [new("a", new string('x', 1000) + "yz")]);
        bytes[^1] ^= 1;
        return bytes;
    }
}
