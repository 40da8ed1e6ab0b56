using System.Buffers.Binary;
using System.Text;
using Flama.Compression;
using Flama.Packaging.Reading;

namespace Flama.Packaging.Writing;

/// <summary>Writes packages of protocols 1 and 2. Sizes stand before what they measure: they are filled in afterwards.</summary>
internal static class BinaryPackageWriter
{
    private const int Table1Size = 28;
    private const int Table2Size = 24;

    private static ReadOnlySpan<byte> EmptyZlib => [0x78, 0x9C, 3, 0, 0, 0, 0, 1];

    /// <summary>Protocol 1: metadata in the style of Flama 1.12, model, artifacts, all with one codec.</summary>
    public static void WriteProtocol1(FileStream output, PackagePlan plan)
    {
        Span<byte> table = stackalloc byte[Table1Size];
        output.Write(stackalloc byte[BinaryPackageReader.HeaderSize + Table1Size]);

        var json = new PythonJsonWriter(PythonJsonStyle.SpacedAscii);
        MetadataWriter.WriteVersion1(json, plan.Content, plan.Timestamp.Text);
        var start = output.Position;
        Compress(output, plan.Codec, stream => stream.Write(json.Written.Span));
        PutSize(table, ref start, output);

        WriteModel(output, plan.Codec, plan.Content);
        PutSize(table[8..], ref start, output);

        BinaryPrimitives.WriteInt32BigEndian(table[16..], plan.Content.Artifacts.Count);
        WriteArtifacts(output, plan.Codec, plan.Content);
        PutSize(table[20..], ref start, output);
        WriteHead(output, 1, plan.Codec, table);
    }

    /// <summary>Protocol 2: metadata in the style of Flama 2, artifacts, model, each with its own codec.</summary>
    public static void WriteProtocol2(FileStream output, PackagePlan plan)
    {
        Span<byte> table = stackalloc byte[Table2Size];
        output.Write(stackalloc byte[BinaryPackageReader.HeaderSize + Table2Size]);

        var json = new PythonJsonWriter(PythonJsonStyle.CompactUtf8);
        MetadataWriter.WriteVersion2(json, plan.Content, plan.Timestamp.Text);
        var start = output.Position;
        output.WriteByte(plan.MetadataByte);
        Compress(output, Resolve(plan.MetadataByte, plan), stream => stream.Write(json.Written.Span));
        PutSize(table, ref start, output);

        Span<byte> count = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(count, plan.Content.Artifacts.Count);
        output.WriteByte(plan.ArtifactByte);
        output.Write(count);
        WriteArtifacts(output, Resolve(plan.ArtifactByte, plan), plan.Content);
        PutSize(table[8..], ref start, output);

        output.WriteByte(plan.ModelByte);
        output.WriteByte((byte)plan.Content.ModelKind);
        WriteModel(output, Resolve(plan.ModelByte, plan), plan.Content);
        PutSize(table[16..], ref start, output);
        WriteHead(output, 2, plan.Codec, table);
    }

    private static byte Resolve(byte section, PackagePlan plan) => section == SectionCodec.Inherit ? plan.Codec : section;

    private static void WriteHead(FileStream output, uint protocol, byte codec, ReadOnlySpan<byte> table)
    {
        Span<byte> header = stackalloc byte[BinaryPackageReader.HeaderSize];
        BinaryPrimitives.WriteUInt32BigEndian(header, protocol);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], codec);
        BinaryPrimitives.WriteInt64BigEndian(header[8..], output.Length - header.Length);
        output.Position = 0;
        output.Write(header);
        output.Write(table);
        output.Position = output.Length;
    }

    private static void WriteModel(FileStream output, byte codec, PackageContent content) => Compress(
        output,
        codec,
        stream =>
        {
            if (content.ModelKind == PackageModelKind.Bundle)
            {
                stream.Write(content.Payload.Span);
            }
            else
            {
                MimeBase64.Write(content.Payload.Span, stream, "\n"u8);
            }
        });

    // name_size counts bytes, as every reader of the format does; Python's writers count characters.
    private static void WriteArtifacts(FileStream output, byte codec, PackageContent content)
    {
        Span<byte> header = stackalloc byte[sizeof(int) + sizeof(long)];
        foreach (var artifact in content.Artifacts)
        {
            var name = Encoding.UTF8.GetBytes(artifact.Name);
            var entry = output.Position;
            output.Position += header.Length;
            output.Write(name);
            var start = output.Position;
            Compress(output, codec, artifact.CopyTo);
            var end = output.Position;
            BinaryPrimitives.WriteInt32BigEndian(header, name.Length);
            BinaryPrimitives.WriteInt64BigEndian(header[sizeof(int)..], end - start);
            output.Position = entry;
            output.Write(header);
            output.Position = end;
        }
    }

    private static void Compress(FileStream output, byte codec, Action<Stream> write)
    {
        if (codec == SectionCodec.None)
        {
            write(output);
            return;
        }

        var start = output.Position;
        using (var compressor = CodecTable.Find(SectionCodec.NameOf(codec)!)!.OpenWrite(output))
        {
            write(compressor);
        }

        // The base library writes no stream at all for no bytes; Python refuses to read that.
        if (output.Position == start && codec == SectionCodec.Zlib)
        {
            output.Write(EmptyZlib);
        }
    }

    private static void PutSize(Span<byte> field, ref long start, FileStream output)
    {
        BinaryPrimitives.WriteInt64BigEndian(field, output.Position - start);
        start = output.Position;
    }
}
