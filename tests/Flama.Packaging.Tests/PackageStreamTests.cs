using System.Buffers.Binary;
using Flama.Packaging.Tests.Raw;
using Flama.Tests;

namespace Flama.Packaging.Tests;

/// <summary>Where a package's bytes come from, and which of them are looked at.</summary>
public sealed class PackageStreamTests
{
    public static TheoryData<string> Packages() =>
    [
        "flm/xor__g0-v1.0.0__zlib__sk1.4.2.flm", "flm/xor__g1-v1.6.0__gz__sk1.4.2.flm", "flm/xor__g3-v2.1.0-p1__zlib__sk1.4.2.flm",
        "flm/xor__g3-v2.1.0-p2__zlib__sk1.4.2.flm",
    ];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Open_StreamThatCannotSeek_IsTheSamePackage(string path)
    {
        using var expected = ModelPackage.Open(Fixtures.PathOf(path));
        using var stream = new WatchedStream(File.ReadAllBytes(Fixtures.PathOf(path)), canSeek: false);

        using var package = ModelPackage.Open(stream, "from a pipe");

        Assert.Equal("from a pipe", package.Name);
        Assert.True(expected.ReadModel().Payload.ReadAll().Span.SequenceEqual(package.ReadModel().Payload.ReadAll().Span));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Open_StreamThatStandsInTheMiddle_ReadsFromThere(string path)
    {
        var bytes = File.ReadAllBytes(Fixtures.PathOf(path));
        using var stream = new MemoryStream([1, 2, 3, .. bytes]) { Position = 3 };

        using var package = ModelPackage.Open(stream, "m.flm");

        Assert.Equal(35297, package.ReadModel().Payload.Length);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Open_StreamThatCannotSeekOverTheLimit_Refuses()
    {
        using var stream = new WatchedStream(new byte[1 << 20], canSeek: false);

        var exception = Assert.Throws<FlamaException>(
            () => ModelPackage.Open(stream, "m.flm", PackageLimits.Default with { MaxBufferedBytes = 1000 }));

        Assert.Same(ErrorCodes.LimitExceeded, exception.Code);
        Assert.Equal("'m.flm' comes from a stream that cannot seek and is larger than 1000 bytes.", exception.Message);
        Assert.InRange(stream.BytesRead, 1000, 10_000);
    }

    [Theory]
    [InlineData("flm/xor__g3-v2.1.0-p1__zlib__sk1.4.2.flm", 44, 0)]
    [InlineData("flm/xor__g3-v2.1.0-p2__zlib__sk1.4.2.flm", 40, 2)]
    public void Metadata_OfTheProtocols_IsReadWithoutTheModel(string path, int tableEnd, int modelLead)
    {
        var bytes = File.ReadAllBytes(Fixtures.PathOf(path));
        var sizes = Enumerable.Range(0, 3).Select(i => (int)BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(16 + (i * 8)))).ToArray();
        var start = bytes[3] == 1 ? tableEnd + sizes[0] : tableEnd + sizes[0] + sizes[1] + modelLead;
        var end = bytes[3] == 1 ? start + sizes[1] : start + sizes[2] - modelLead;
        using var stream = new WatchedStream(bytes, canSeek: true);
        using var package = ModelPackage.Open(stream, "m.flm");

        var id = package.Metadata!.Id;
        var names = package.Artifacts.Names;

        Assert.Equal("621c1d8a-144a-4a86-9a9c-9157f80bfa2d", id);
        Assert.Equal(2, names.Count);
        Assert.True(end - start > 10_000);
        Assert.False(stream.WasRead(start, end));
    }

    [Fact]
    public void Artifacts_OfTheProtocols_AreListedWithoutTheirContents()
    {
        var file = RawPackage.Protocol2(artifacts: [new("a", new string('x', 100_000)), new("b", new string('y', 100_000))]);
        using var stream = new WatchedStream(file, canSeek: true);

        using var package = ModelPackage.Open(stream, "m.flm");

        Assert.Equal(2, package.Artifacts.Count);
        Assert.InRange(stream.BytesRead, 1, 10_000);
    }

    [Fact]
    public void Open_File_LetsOthersReadAndDeleteIt()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.PathOf("m.flm");
        File.WriteAllBytes(path, RawPackage.Protocol2());
        using var package = ModelPackage.Open(path);

        using (var other = ModelPackage.Open(path))
        {
            Assert.Equal(3, other.ReadModel().Payload.Length);
        }

        File.Delete(path);

        Assert.False(File.Exists(path));
        Assert.Equal(3, package.ReadModel().Payload.Length);
    }

    [Fact]
    public void Open_BadFile_LeavesItUnlocked()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.PathOf("m.flm");
        File.WriteAllText(path, "hello");

        Assert.Throws<FlamaException>(() => ModelPackage.Open(path));

        using var exclusive = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(5, exclusive.Length);
    }
}
