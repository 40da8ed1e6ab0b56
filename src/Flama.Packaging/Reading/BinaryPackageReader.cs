using System.Buffers.Binary;
using Flama.Packaging.Sources;

namespace Flama.Packaging.Reading;

/// <summary>Reads packages with a binary header: protocol 1 (Flama 1.12 and 2.x) and protocol 2 (Flama 2.x).</summary>
/// <remarks>
/// The header's <c>body_size</c> is not used: 1.12 reads exactly that many bytes, 2.x ignores it, and the sections carry their own sizes,
/// which are checked against the file. Bytes behind the last section are tolerated, as by both. A metadata-only use reads the two leading
/// bytes of the model section of protocol 2 and nothing else of it.
/// </remarks>
internal static class BinaryPackageReader
{
    /// <summary>The size of the file header.</summary>
    public const int HeaderSize = 16;

    private const int Protocol1TableSize = 28;
    private const int Protocol2TableSize = 24;

    /// <summary>Reads protocol 1: metadata, model, artifacts.</summary>
    public static PackageBody ReadProtocol1(PackageFile file, byte codec)
    {
        Span<byte> table = stackalloc byte[Protocol1TableSize];
        var position = ReadTable(file, table);
        var metadata = Take(file, ref position, "metadata", BinaryPrimitives.ReadUInt64BigEndian(table), 1, codec);
        var model = Take(file, ref position, "model", BinaryPrimitives.ReadUInt64BigEndian(table[8..]), 1, codec);
        var count = BinaryPrimitives.ReadUInt32BigEndian(table[16..]);
        var artifacts = Take(file, ref position, "artifacts", BinaryPrimitives.ReadUInt64BigEndian(table[20..]), 0, codec);
        var format = PackageFormat.Whole(PackageGeneration.Protocol1, SectionCodec.NameOf(codec));
        return new PackageBody(
            format,
            ReadMetadata(file, metadata),
            ArtifactDirectory.Read(file, artifacts, count),
            () => ReadModel(file, model, format.ModelKind));
    }

    /// <summary>Reads protocol 2: metadata, artifacts, model, each with its own codec.</summary>
    public static PackageBody ReadProtocol2(PackageFile file, byte codec)
    {
        Span<byte> table = stackalloc byte[Protocol2TableSize];
        var position = ReadTable(file, table);
        var metadata = Take(file, ref position, "metadata", BinaryPrimitives.ReadUInt64BigEndian(table), 2, codec);
        var artifacts = Take(file, ref position, "artifacts", BinaryPrimitives.ReadUInt64BigEndian(table[8..]), 5, codec);
        var model = Take(file, ref position, "model", BinaryPrimitives.ReadUInt64BigEndian(table[16..]), 3, codec);

        Span<byte> lead = stackalloc byte[5];
        metadata = Behind(file, metadata, lead[..1], codec);
        model = Behind(file, model, lead[..2], codec);
        var kind = ReadKind(file, lead[1]);
        artifacts = Behind(file, artifacts, lead, codec);
        var count = BinaryPrimitives.ReadUInt32BigEndian(lead[1..]);

        var format = new PackageFormat(PackageGeneration.Protocol2)
        {
            Compression = SectionCodec.NameOf(codec),
            MetadataCompression = SectionCodec.NameOf(metadata.Codec),
            ArtifactCompression = SectionCodec.NameOf(artifacts.Codec),
            ModelCompression = SectionCodec.NameOf(model.Codec),
            ModelKind = kind,
        };
        return new PackageBody(
            format, ReadMetadata(file, metadata), ArtifactDirectory.Read(file, artifacts, count), () => ReadModel(file, model, kind));
    }

    private static long ReadTable(PackageFile file, Span<byte> table) =>
        file.Source.Read(HeaderSize, table) == table.Length
            ? HeaderSize + table.Length
            : throw file.Truncated($"its table of sections needs {HeaderSize + table.Length} bytes, the file has {file.Source.Length}");

    private static Section Take(PackageFile file, ref long position, string part, ulong size, uint least, byte codec)
    {
        var left = file.Source.Length - position;
        if (size > (ulong)left)
        {
            throw file.Truncated($"its {part} section needs {size} bytes at byte {position}, the file has {left} there");
        }

        if (size < least)
        {
            throw file.Corrupt($"its {part} section has {size} bytes, at least {least} are needed");
        }

        var section = new Section($"{part} section", position, (long)size, codec);
        position += (long)size;
        return section;
    }

    // Reads the bytes that a section of protocol 2 starts with, the first of which names its codec.
    private static Section Behind(PackageFile file, Section section, Span<byte> lead, byte header)
    {
        if (file.Source.Read(section.Offset, lead) < lead.Length)
        {
            throw file.Truncated($"its {section.Part} cannot be read at byte {section.Offset}");
        }

        return section with
        {
            Offset = section.Offset + lead.Length,
            Length = section.Length - lead.Length,
            Codec = SectionCodec.Read(file, lead[0], header, section.Part),
        };
    }

    private static PackageModelKind ReadKind(PackageFile file, byte value) => value switch
    {
        0 => PackageModelKind.Binary,
        1 => PackageModelKind.Bundle,
        _ => throw new FlamaException(
            ErrorCodes.UnsupportedFormat,
            $"'{file.Name}' holds a model of kind 0x{value:X2}, which is not known.",
            "Known are 0x00 (binary) and 0x01 (bundle). Use a newer version, or package the model again."),
    };

    private static ModelMetadata ReadMetadata(PackageFile file, Section section)
    {
        using var stream = file.Open(section, file.Limits.MaxMetadataBytes);
        return MetadataReader.Read(file, ByteBuilder.ReadToEnd(stream));
    }

    private static ModelPayload ReadModel(PackageFile file, Section section, PackageModelKind kind)
    {
        if (kind == PackageModelKind.Bundle)
        {
            using var bundle = file.Open(section, file.Limits.MaxModelBytes);
            using var bytes = new PayloadBuilder();
            bytes.Append(bundle);
            return bytes.ToPayload();
        }

        using var text = file.Open(section, file.MaxModelTextBytes);
        using var decoder = new MimeBase64Decoder(file);
        var buffer = GC.AllocateUninitializedArray<byte>(64 * 1024);
        int read;
        while ((read = text.Read(buffer)) > 0)
        {
            decoder.Append(buffer.AsSpan(0, read));
        }

        return decoder.Finish();
    }
}
