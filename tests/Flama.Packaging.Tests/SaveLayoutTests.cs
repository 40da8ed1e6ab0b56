using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Flama.Compression;

namespace Flama.Packaging.Tests;

/// <summary>The bytes of small packages, written down by hand from the description of the format.</summary>
public sealed class SaveLayoutTests
{
    private const string Metadata2 =
        """{"id":"an-id","timestamp":"2023-03-10T11:30:00","framework":{"family":"ml","lib":"sklearn","version":"1.4.2","config":null},"model":{"obj":"Tiny","info":null,"params":null,"metrics":null},"extra":{"é":1e-08},"capabilities":{"kind":"ml"}}""";

    private const string Metadata1 =
        """{"id": "an-id", "timestamp": "2023-03-10T11:30:00", "framework": {"lib": "sklearn", "version": "1.4.2"}, "model": {"obj": "Tiny", "info": null, "params": null, "metrics": null}, "extra": {"\u00e9": 1e-08}}""";

    private static readonly PackageContent Content = Contents.Tiny with
    {
        Extra = Contents.Json("""{"é": 0.00000001}"""),
        Artifacts = [ArtifactContent.FromBytes("é.txt", "xyz"u8.ToArray()), ArtifactContent.FromBytes("b", default)],
    };

    [Fact]
    public void Save_Protocol2_LaysOutTheBytes()
    {
        var metadata = Encoding.UTF8.GetBytes(Metadata2);

        var actual = Save(new PackageSaveOptions { Compression = null });

        byte[] expected =
        [
            0, 0, 0, 2, 0, 0, 0, 3, .. Size(24 + 1 + metadata.Length + 5 + 21 + 13 + 2 + 5),
            .. Size(1 + metadata.Length), .. Size(5 + 21 + 13), .. Size(2 + 5),
            0xFF, .. metadata,
            0xFF, 0, 0, 0, 2,
            0, 0, 0, 6, .. Size(3), 0xC3, 0xA9, .. ".txtxyz"u8,
            0, 0, 0, 1, .. Size(0), (byte)'b',
            0xFF, 0, .. "gAQu\n"u8,
        ];
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("zlib", 3)]
    [InlineData("bz2", 1)]
    public void Save_Protocol1_LaysOutTheBytes(string codec, byte number)
    {
        var metadata = Compress(codec, Encoding.ASCII.GetBytes(Metadata1));
        var model = Compress(codec, "gAQu\n"u8.ToArray());
        var first = Compress(codec, "xyz"u8.ToArray());
        byte[] second = codec == "zlib" ? [0x78, 0x9C, 3, 0, 0, 0, 0, 1] : Convert.FromHexString("425A683917724538509000000000");
        var artifacts = 12 + 6 + first.Length + 12 + 1 + second.Length;

        var actual = Save(new PackageSaveOptions { Format = PackageGeneration.Protocol1, Compression = codec });

        byte[] expected =
        [
            0, 0, 0, 1, 0, 0, 0, number, .. Size(28 + metadata.Length + model.Length + artifacts),
            .. Size(metadata.Length), .. Size(model.Length), 0, 0, 0, 2, .. Size(artifacts),
            .. metadata, .. model,
            0, 0, 0, 6, .. Size(first.Length), 0xC3, 0xA9, .. ".txt"u8, .. first,
            0, 0, 0, 1, .. Size(second.Length), (byte)'b', .. second,
        ];
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Save_Protocol2_InheritsTheCodecOfTheHeader()
    {
        var metadata = Compress("bz2", Encoding.UTF8.GetBytes(Metadata2));

        var actual = Save(new PackageSaveOptions { Compression = "bz2" });

        Assert.Equal([0, 0, 0, 2, 0, 0, 0, 1], actual[..8]);
        Assert.Equal([0, .. metadata, 0, 0, 0, 0, 2], actual[40..(40 + 1 + metadata.Length + 5)]);
    }

    [Fact]
    public void Save_WithoutArtifacts_WritesAnEmptySection()
    {
        var stream = new MemoryStream();

        ModelPackage.Save(stream, Contents.Tiny);

        var bytes = stream.ToArray();
        var metadata = bytes[23];
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 5], bytes[24..32]);
        Assert.Equal([0, 0, 0, 0, 0], bytes[(40 + metadata)..(45 + metadata)]);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bz2")]
    public void Save_Tar_LaysOutTheArchive(string codec)
    {
        var packed = Compress("zlib", Encoding.ASCII.GetBytes($$"""{"model": "gAQu\n", "meta": {{Metadata1}}}"""));

        var archive = Decompress(codec, Save(new PackageSaveOptions { Format = PackageGeneration.G1, Compression = codec }));

        Assert.Equal(10_240, archive.Length);
        Assert.Equal("././@PaxHeader", Encoding.ASCII.GetString(archive[..14]));
        Assert.Equal("0000644\0" + "0000000\0" + "0000000\0" + "00000000031\0" + "14402612270\0", Encoding.ASCII.GetString(archive, 100, 48));
        Assert.Equal("x", Encoding.ASCII.GetString(archive, 156, 1));
        Assert.Equal("ustar\000", Encoding.ASCII.GetString(archive, 257, 8));
        Assert.Equal("25 path=artifacts/é.txt\n\0", Encoding.UTF8.GetString(archive, 512, 26));
        Assert.Equal("xyz"u8.ToArray(), archive[1536..1539]);
        Assert.Equal("artifacts/b\0", Encoding.ASCII.GetString(archive, 2048, 12));
        Assert.Equal("model\0", Encoding.ASCII.GetString(archive, 2560, 6));
        Assert.Equal(packed, archive[3072..(3072 + packed.Length)]);
        Assert.All(archive[(3072 + packed.Length)..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Save_Tar_IsReadByTheBaseLibrary()
    {
        var names = new List<string>();
        var name = new string('n', 200);
        var content = Content with { Artifacts = [.. Content.Artifacts, ArtifactContent.FromBytes(name, new byte[600])] };
        var stream = new MemoryStream();
        ModelPackage.Save(stream, content, new PackageSaveOptions { Format = PackageGeneration.G1 });
        stream.Position = 0;
        using var tar = new TarReader(new GZipStream(stream, CompressionMode.Decompress));

        while (tar.GetNextEntry() is { } entry)
        {
            names.Add($"{entry.Name}:{entry.Length}:{entry.ModificationTime:O}:{entry.EntryType}:{entry.Mode}");
        }

        const string rest = "2023-03-10T11:30:00.0000000+00:00:RegularFile:OtherRead, GroupRead, UserWrite, UserRead";
        Assert.Equal(4, names.Count);
        Assert.Equal($"artifacts/é.txt:3:{rest}", names[0]);
        Assert.Equal($"artifacts/{name}:600:{rest}", names[2]);
        Assert.StartsWith("model:", names[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Save_Gzip_HasNoTimeInItsHeader()
    {
        var bytes = Save(new PackageSaveOptions { Format = PackageGeneration.G1 });

        Assert.Equal([0x1F, 0x8B, 8, 0, 0, 0, 0, 0], bytes[..8]);
    }

    private static byte[] Save(PackageSaveOptions options)
    {
        var stream = new MemoryStream();
        ModelPackage.Save(stream, Content, options);
        return stream.ToArray();
    }

    private static byte[] Size(long value) => Raw.RawPackage.Number((ulong)value);

    private static byte[] Compress(string codec, byte[] bytes)
    {
        var output = new MemoryStream();
        using (var stream = CodecTable.Find(codec)!.OpenWrite(output))
        {
            stream.Write(bytes);
        }

        return output.ToArray();
    }

    private static byte[] Decompress(string codec, byte[] bytes)
    {
        var output = new MemoryStream();
        using var stream = CodecTable.Find(codec)!.OpenRead(new MemoryStream(bytes), DecompressionLimits.Default);
        stream.CopyTo(output);
        return output.ToArray();
    }
}
