using System.Buffers.Binary;
using System.Text;
using Flama.Tests;

namespace Flama.Compression.Tests;

/// <summary>Decompresses the sections of packages that Flama itself wrote.</summary>
public sealed class FlamaPackageTests
{
    private const int HeaderSize = 16;
    private const int TarBlock = 512;

    public static TheoryData<string> Binary =>
        [.. Fixtures.List("flm", "*.flm").Where(file => file.Contains("__g2-", StringComparison.Ordinal) || file.Contains("__g3-", StringComparison.Ordinal))];

    public static TheoryData<string> Archives => [.. Fixtures.List("flm", "*__g1-*.flm")];

    [Theory]
    [MemberData(nameof(Binary))]
    public void OpenRead_SectionsOfABinaryPackage_AreMetadataModelAndArtifacts(string fixture)
    {
        var package = File.ReadAllBytes(Fixtures.PathOf(fixture));

        var sections = BinaryPrimitives.ReadUInt32BigEndian(package) == 1 ? ReadFirst(package) : ReadSecond(package);

        Assert.StartsWith("{\"id\":", Encoding.UTF8.GetString(sections[0]).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(IsBase64OrTar(sections[1]), "the model is neither base64 text nor a tar archive");
        Assert.All(sections.Skip(2), artifact => Assert.InRange(artifact.Length, 0, 10_000));
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public void OpenRead_ArchivePackage_IsATarThatHoldsAZlibModel(string fixture)
    {
        var package = File.ReadAllBytes(Fixtures.PathOf(fixture));
        var codec = CodecTable.Detect(package.AsSpan(0, HeaderSize))!;

        var tar = Decompression.Decompress(codec.Name, package);

        var document = Encoding.ASCII.GetString(Decompression.Decompress("zlib", FindMember(tar, "model")));
        Assert.StartsWith("{\"model\": \"", document, StringComparison.Ordinal);
        Assert.Contains("\"meta\": {", document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xor__g0-v1.0.0__zlib__sk1.2.1.flm")]
    [InlineData("xor__g0-v1.0.0__zlib__sk1.4.2.flm")]
    public void OpenRead_OldestPackage_IsAZlibDocument(string file)
    {
        var package = File.ReadAllBytes(Fixtures.PathOf("flm", file));

        var document = Encoding.ASCII.GetString(Decompression.Decompress("zlib", package));

        Assert.StartsWith("{\"model\": \"", document, StringComparison.Ordinal);
    }

    private static byte[] FindMember(byte[] tar, string name)
    {
        for (var position = 0; tar[position] != 0;)
        {
            var size = Convert.ToInt32(Encoding.ASCII.GetString(tar, position + 124, 11), 8);
            var content = position + TarBlock;
            if (Encoding.ASCII.GetString(tar, position, 100).TrimEnd('\0') == name)
            {
                return tar[content..(content + size)];
            }

            position = content + ((size + TarBlock - 1) / TarBlock * TarBlock);
        }

        throw new InvalidDataException($"The archive has no member {name}.");
    }

    private static List<byte[]> ReadFirst(byte[] package)
    {
        var codec = CodecName(package[7])!;
        var reader = new Reader(package, HeaderSize);
        var metadataSize = reader.Size();
        var modelSize = reader.Size();
        var artifacts = reader.Count();
        reader.Size();
        List<byte[]> sections = [Decode(codec, reader.Bytes(metadataSize)), Decode(codec, reader.Bytes(modelSize))];
        sections.AddRange(ReadArtifacts(codec, reader, artifacts));
        Assert.True(reader.AtEnd);
        return sections;
    }

    private static List<byte[]> ReadSecond(byte[] package)
    {
        var inherited = CodecName(package[7])!;
        var reader = new Reader(package, HeaderSize);
        var metadataSize = reader.Size();
        var artifactsSize = reader.Size();
        var modelSize = reader.Size();
        var metadata = reader.Bytes(metadataSize);
        var artifacts = reader.Bytes(artifactsSize);
        var model = reader.Bytes(modelSize);
        Assert.True(reader.AtEnd);
        List<byte[]> sections =
            [Decode(SectionCodec(metadata[0], inherited), metadata[1..]), Decode(SectionCodec(model[0], inherited), model[2..])];
        var entries = new Reader(artifacts, 1);
        sections.AddRange(ReadArtifacts(SectionCodec(artifacts[0], inherited), entries, entries.Count()));
        return sections;
    }

    private static IEnumerable<byte[]> ReadArtifacts(string? codec, Reader reader, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var nameSize = reader.Count();
            var contentSize = reader.Size();
            Assert.NotEmpty(reader.Bytes(nameSize));
            yield return Decode(codec, reader.Bytes(contentSize));
        }
    }

    private static string? SectionCodec(byte id, string inherited) => id == 0 ? inherited : CodecName(id);

    private static string? CodecName(byte id) => id switch
    {
        1 => "bz2",
        2 => "lzma",
        3 => "zlib",
        4 => "zstd",
        0xFF => null,
        _ => throw new ArgumentOutOfRangeException(nameof(id)),
    };

    /// <summary>The id of LZMA stands for LZMA-alone or for xz, by the version of the writer: the bytes tell which.</summary>
    private static byte[] Decode(string? codec, byte[] section)
    {
        if (codec is null)
        {
            return section;
        }

        var detected = CodecTable.Detect(section.AsSpan(0, Math.Min(HeaderSize, section.Length)))!.Name;
        Assert.True(detected == codec || (codec, detected) == ("lzma", "xz"), $"{codec} looks like {detected}");
        return Decompression.Decompress(detected, section);
    }

    private static bool IsBase64OrTar(byte[] model) =>
        (model.Length > TarBlock && model.AsSpan(257).StartsWith("ustar"u8))
        || Convert.TryFromBase64String(Encoding.ASCII.GetString(model), new byte[model.Length], out _);

    private sealed class Reader(byte[] bytes, int start)
    {
        private int position = start;

        public bool AtEnd => position == bytes.Length;

        public int Size() => (int)BinaryPrimitives.ReadUInt64BigEndian(Bytes(8));

        public int Count() => (int)BinaryPrimitives.ReadUInt32BigEndian(Bytes(4));

        public byte[] Bytes(int count)
        {
            position += count;
            return bytes[(position - count)..position];
        }
    }
}
