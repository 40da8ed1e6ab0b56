using Flama.Compression;
using Flama.Packaging.Tests.Raw;
using Flama.Tests;

namespace Flama.Packaging.Tests;

public sealed class PackageLimitTests
{
    private const int ManyBytes = 64 << 20;

    public static TheoryData<string, byte[], string> Overflows()
    {
        var huge = ulong.MaxValue;
        byte[] meta = [0xFF, .. System.Text.Encoding.UTF8.GetBytes(RawPackage.Metadata)];
        return new()
        {
            { "p1 metadata", Table1(huge, 0, 0, 0), "'m.flm' ends too early: its metadata section needs 18446744073709551615 bytes at byte 44, the file has 10 there." },
            { "p1 metadata just over", Table1(11, 0, 0, 0), "'m.flm' ends too early: its metadata section needs 11 bytes at byte 44, the file has 10 there." },
            { "p1 model", Table1(1, huge, 0, 0), "'m.flm' ends too early: its model section needs 18446744073709551615 bytes at byte 45, the file has 9 there." },
            { "p1 sum wraps", Table1(4, huge - 3, 0, 0), "'m.flm' ends too early: its model section needs 18446744073709551612 bytes at byte 48, the file has 6 there." },
            { "p1 artifacts", Table1(4, 4, 1, long.MaxValue), "'m.flm' ends too early: its artifacts section needs 9223372036854775807 bytes at byte 52, the file has 2 there." },
            { "p2 metadata", Table2(huge, 5, 3), "'m.flm' ends too early: its metadata section needs 18446744073709551615 bytes at byte 40, the file has 10 there." },
            { "p2 artifacts", Table2(2, 9, 3), "'m.flm' ends too early: its artifacts section needs 9 bytes at byte 42, the file has 8 there." },
            { "p2 model", Table2(2, 5, 4), "'m.flm' ends too early: its model section needs 4 bytes at byte 47, the file has 3 there." },
            { "artifact count", RawPackage.Protocol2Sections(meta, [0xFF, 0, 0, 0, 1], [0xFF, 0, 0]), "'m.flm' is damaged: 1 artifacts do not fit into 0 bytes." },
            { "artifact name", RawPackage.Protocol2(artifacts: [new("a", "1") { NameSize = uint.MaxValue }]), "'m.flm' is damaged: its 1 artifacts do not fill the 14 bytes of their section, or a name is not UTF-8." },
            { "artifact content", RawPackage.Protocol2(artifacts: [new("a", "1") { ContentSize = ulong.MaxValue }]), "'m.flm' is damaged: its 1 artifacts do not fill the 14 bytes of their section, or a name is not UTF-8." },
            { "artifact content too short", RawPackage.Protocol2(artifacts: [new("a", "12") { ContentSize = 1 }]), "'m.flm' is damaged: its 1 artifacts do not fill the 15 bytes of their section, or a name is not UTF-8." },
        };
    }

    [Theory]
    [MemberData(nameof(Overflows))]
    public void Open_SizesBeyondTheFile_SaysWhere(string what, byte[] file, string message)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var exception = Assert.Throws<FlamaException>(() => Opening.Open(file));

        Assert.Equal(message, exception.Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20, what);
    }

    [Fact]
    public void Open_MoreArtifactsThanTheLimit_Refuses()
    {
        var limits = PackageLimits.Default with { MaxArtifacts = 1 };
        byte[][] files =
        [
            RawPackage.Protocol1(artifacts: [new("a", ""), new("b", "")]),
            RawPackage.Protocol2(artifacts: [new("a", ""), new("b", "")]),
            RawPackage.TarPackage(new RawTarEntry("artifacts/a"), new RawTarEntry("artifacts/b")),
        ];

        foreach (var file in files)
        {
            var exception = Assert.Throws<FlamaException>(() => Opening.Open(file, limits));

            Assert.Same(ErrorCodes.LimitExceeded, exception.Code);
            Assert.StartsWith("'m.flm': the number of artifacts", exception.Message, StringComparison.Ordinal);
            Assert.Equal("Raise PackageLimits.MaxArtifacts if you trust the file.", exception.Remedy);
        }
    }

    [Fact]
    public void Open_MetadataOverTheLimit_Refuses()
    {
        var limits = PackageLimits.Default with { MaxMetadataBytes = RawPackage.Metadata.Length - 1 };

        foreach (var file in new[] { RawPackage.Protocol1(), RawPackage.Protocol2() })
        {
            var exception = Assert.Throws<FlamaException>(() => Opening.Open(file, limits));

            Assert.Same(ErrorCodes.LimitExceeded, exception.Code);
            Assert.Equal($"The metadata section of 'm.flm' is larger than {RawPackage.Metadata.Length - 1} bytes.", exception.Message);
        }
    }

    [Fact]
    public void Open_MetadataAtTheLimit_Opens()
    {
        var limits = PackageLimits.Default with { MaxMetadataBytes = RawPackage.Metadata.Length };

        using var package = Opening.Open(RawPackage.Protocol1(), limits);

        Assert.Equal("a", package.Metadata!.Id);
    }

    [Fact]
    public void ReadModel_OverTheLimit_Refuses()
    {
        var limits = PackageLimits.Default with { MaxModelBytes = 2 };
        byte[][] files = [RawPackage.Protocol1(), RawPackage.Protocol2(), RawPackage.Document()];

        foreach (var file in files)
        {
            using var package = Opening.Open(file, limits);

            var exception = Assert.Throws<FlamaException>(package.ReadModel);

            Assert.Equal("'m.flm': the model is over the limit of 2.", exception.Message);
            Assert.Equal("Raise PackageLimits.MaxModelBytes if you trust the file.", exception.Remedy);
        }
    }

    [Fact]
    public void OpenRead_ArtifactOverTheLimit_RefusesWhileReading()
    {
        var limits = PackageLimits.Default with { MaxArtifactBytes = 3 };
        byte[][] files =
        [
            RawPackage.Protocol1(artifacts: [new("a", "1234")]),
            RawPackage.Protocol2(artifacts: [new("a", "1234")]),
            RawPackage.TarPackage(new RawTarEntry("artifacts/a", "1234")),
        ];

        foreach (var file in files)
        {
            using var package = Opening.Open(file, limits);

            var exception = Assert.Throws<FlamaException>(() => Opening.Content(package.Artifacts["a"]));

            Assert.Equal("The artifact 'a' of 'm.flm' is larger than 3 bytes.", exception.Message);
        }
    }

    // 64 MiB of zeros in 64 KiB: the limit stops them, not the memory.
    [Fact]
    public void Open_CompressedBomb_StopsAtTheLimit()
    {
        var limits = PackageLimits.Default with
        {
            MaxModelBytes = 1 << 20,
            MaxMetadataBytes = 1 << 20,
            Decompression = DecompressionLimits.Default with { MaxOutputBytes = 1 << 20 },
        };
        var bomb = RawPackage.Zlib([.. "{"u8, .. new byte[ManyBytes]]);
        byte[][] files =
        [
            RawPackage.Join(RawPackage.Number(1u), RawPackage.Number(3u), new byte[8], RawPackage.Number((ulong)bomb.Length), RawPackage.Number(1UL), new byte[12], bomb, [0]),
            RawPackage.Protocol2Sections([0x03, .. bomb], [0xFF, 0, 0, 0, 0], [0xFF, 0, 0]),
            bomb,
            RawPackage.Gzip(RawPackage.TarPackage(new RawTarEntry("artifacts/a"u8.ToArray(), '0', new byte[ManyBytes]))),
            RawPackage.Gzip(RawPackage.Tar(new RawTarEntry("model"u8.ToArray(), '0', bomb))),
        ];

        foreach (var file in files)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();

            var exception = Assert.Throws<FlamaException>(() => Opening.ReadAll(file, limits));

            Assert.Same(ErrorCodes.LimitExceeded, exception.Code);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
        }
    }

    [Fact]
    public void Open_BareFileOverTheLimit_RefusesWhenRead()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.PathOf("m.pkl");
        File.WriteAllBytes(path, [0x80, 4, (byte)'N', (byte)'.']);
        using var package = ModelPackage.Open(path, PackageLimits.Default with { MaxModelBytes = 3 });

        var exception = Assert.Throws<FlamaException>(package.ReadModel);

        Assert.Equal("'m.pkl': the model (4 bytes) is over the limit of 3.", exception.Message);
    }

    private static byte[] Table1(ulong metadata, ulong model, uint count, ulong artifacts) => RawPackage.Join(
        RawPackage.Number(1u), RawPackage.Number(3u), RawPackage.Number(ulong.MaxValue),
        RawPackage.Number(metadata), RawPackage.Number(model), RawPackage.Number(count), RawPackage.Number(artifacts), new byte[10]);

    private static byte[] Table2(ulong metadata, ulong artifacts, ulong model) => RawPackage.Join(
        RawPackage.Number(2u), RawPackage.Number(3u), RawPackage.Number(ulong.MaxValue),
        RawPackage.Number(metadata), RawPackage.Number(artifacts), RawPackage.Number(model), new byte[10]);
}
