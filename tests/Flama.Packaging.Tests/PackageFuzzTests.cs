using Flama.Compression;
using Flama.Packaging.Tests.Raw;
using Flama.Tests;

namespace Flama.Packaging.Tests;

/// <summary>Damaged files of every generation: a <see cref="FlamaException"/> or success, never anything else, and never much memory.</summary>
public sealed class PackageFuzzTests
{
    private const int CasesPerFile = 500;
    private const long MemoryPerCase = 48 << 20;

    private static readonly PackageLimits Limits = PackageLimits.Default with
    {
        MaxMetadataBytes = 1 << 20,
        MaxModelBytes = 4 << 20,
        MaxArtifactBytes = 1 << 20,
        Decompression = DecompressionLimits.Default with { MaxOutputBytes = 8 << 20, MaxWindowBytes = 16 << 20 },
    };

    public static TheoryData<string> Packages() =>
        [.. Fixtures.List("flm", "xor__*__sk1.2.1.flm"), .. Fixtures.List("flm", "bundle_*.flm"), .. Fixtures.List("flm/broken", "*.flm")];

    [Fact]
    public void Packages_TimesCases_AreTenThousand() => Assert.True(Packages().Count * CasesPerFile >= 10_000);

    [Theory]
    [MemberData(nameof(Packages))]
    public void Open_MutatedPackage_ThrowsFlamaExceptionOrSucceeds(string path)
    {
        var original = File.ReadAllBytes(Fixtures.PathOf(path));
        var mutator = new Mutator(path.Length + original.Length);

        for (var i = 0; i < CasesPerFile; i++)
        {
            Try(mutator.Mutate(original), $"{path}, case {i}");
        }
    }

    // What is compressed as a whole hardly gets past its checksum when damaged: damage what is inside.
    [Fact]
    public void Open_MutatedTarInsideOfGzip_ThrowsFlamaExceptionOrSucceeds()
    {
        var original = RawPackage.TarPackage(
            new RawTarEntry("x", "27 path=artifacts/rés.txt\n", 'x'), new RawTarEntry("artifacts/r", "1"), new RawTarEntry("artifacts/b", "23"));
        var mutator = new Mutator(7);

        for (var i = 0; i < 2_000; i++)
        {
            var tar = mutator.Mutate(original);
            FixChecksums(tar);
            Try(i % 2 == 0 ? tar : RawPackage.Gzip(tar), $"tar, case {i}");
        }
    }

    [Fact]
    public void Open_MutatedDocument_ThrowsFlamaExceptionOrSucceeds()
    {
        var original = System.Text.Encoding.UTF8.GetBytes($$"""{"model": "gAQ\u0075\n", "meta": {{RawPackage.Metadata}}}""");
        var mutator = new Mutator(11);

        for (var i = 0; i < 2_000; i++)
        {
            var document = mutator.Mutate(original);
            Try(RawPackage.Zlib(document), $"document, case {i}");
        }
    }

    [Fact]
    public void Open_MutatedSections_ThrowsFlamaExceptionOrSucceeds()
    {
        var original = RawPackage.Protocol2(artifacts: [new("résumé.json", "first") { NameSize = 11 }, new("b", "second")]);
        var mutator = new Mutator(13);

        for (var i = 0; i < 4_000; i++)
        {
            Try(mutator.Mutate(original), $"sections, case {i}");
        }
    }

    private static void Try(byte[] bytes, string what)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var exception = Record.Exception(() => Opening.ReadAll(bytes, Limits));

        Assert.True(exception is null or FlamaException, $"{what}: {exception}");
        var used = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(used < MemoryPerCase, $"{what}: {used} bytes");
    }

    private static void FixChecksums(Span<byte> tar)
    {
        for (var at = 0; at + 512 <= tar.Length; at += 512)
        {
            var header = tar.Slice(at, 512);
            if (header.Slice(257, 5).SequenceEqual("ustar"u8))
            {
                var text = Convert.ToString(Packaging.Tar.TarFormat.Checksum(header, signed: false), 8).PadLeft(6, '0') + "\0 ";
                System.Text.Encoding.ASCII.GetBytes(text, header[148..]);
            }
        }
    }
}
