using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Flama.Packaging.Tests.Raw;

/// <summary>Builds packages by hand, so that they can be wrong in any place. Sections of protocol 2 are not compressed, those of protocol 1 are zlib.</summary>
internal static class RawPackage
{
    public const string Metadata =
        """{"id": "a", "timestamp": "2023-03-10T11:30:00", "framework": {"lib": "sklearn", "version": "1"}, "model": {"obj": "M", "info": null}}""";

    public static byte[] Zlib(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return output.ToArray();
    }

    public static byte[] Zlib(string text) => Zlib(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return output.ToArray();
    }

    public static byte[] Protocol1(string metadata = Metadata, string model = "gAQu\n", params RawArtifact[] artifacts)
    {
        var meta = Zlib(metadata);
        var payload = Zlib(model);
        var entries = Entries(artifacts, Zlib);
        return Join(
            Number(1u), Number(3u), Number((ulong)(28 + meta.Length + payload.Length + entries.Length)),
            Number((ulong)meta.Length), Number((ulong)payload.Length), Number((uint)artifacts.Length), Number((ulong)entries.Length),
            meta, payload, entries);
    }

    public static byte[] Protocol2(string metadata = Metadata, string model = "gAQu\n", params RawArtifact[] artifacts) => Protocol2Sections(
        Join([0xFF], Encoding.UTF8.GetBytes(metadata)),
        Join([0xFF], Number((uint)artifacts.Length), Entries(artifacts, content => content)),
        Join([0xFF, 0], Encoding.UTF8.GetBytes(model)));

    public static byte[] Protocol2Sections(byte[] metadata, byte[] artifacts, byte[] model) => Join(
        Number(2u), Number(3u), Number((ulong)(24 + metadata.Length + artifacts.Length + model.Length)),
        Number((ulong)metadata.Length), Number((ulong)artifacts.Length), Number((ulong)model.Length),
        metadata, artifacts, model);

    /// <summary>The document of generations 0 and 1, compressed.</summary>
    public static byte[] Document(string metadata = Metadata, string model = "gAQu\\n") => Zlib($$"""{"model": "{{model}}", "meta": {{metadata}}}""");

    /// <summary>A tar package (generation 1): the entries, then the model.</summary>
    public static byte[] TarPackage(params RawTarEntry[] entries) => Tar([.. entries, new RawTarEntry("model"u8.ToArray(), '0', Document())]);

    public static byte[] Tar(params RawTarEntry[] entries)
    {
        var output = new MemoryStream();
        foreach (var entry in entries)
        {
            output.Write(TarHeader(entry));
            output.Write(entry.Content);
            output.Write(new byte[-entry.Content.Length & 511]);
        }

        output.Write(new byte[1024]);
        return output.ToArray();
    }

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Number(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Number(ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Entries(RawArtifact[] artifacts, Func<byte[], byte[]> compress) => Join([.. artifacts.SelectMany(artifact =>
    {
        var content = compress(artifact.Content);
        return new[] { Number(artifact.NameSize), Number(artifact.ContentSize ?? (ulong)content.Length), artifact.Name, content };
    })]);

    private static byte[] TarHeader(RawTarEntry entry)
    {
        var header = new byte[512];
        entry.Name.CopyTo(header, 0);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        "0000000\0"u8.CopyTo(header.AsSpan(108));
        "0000000\0"u8.CopyTo(header.AsSpan(116));
        Encoding.Latin1.GetBytes(entry.Size ?? Convert.ToString(entry.Content.Length, 8).PadLeft(11, '0')).CopyTo(header, 124);
        "00000000000\0"u8.CopyTo(header.AsSpan(136));
        "        "u8.CopyTo(header.AsSpan(148));
        header[156] = (byte)entry.Type;
        Encoding.ASCII.GetBytes(entry.Magic).CopyTo(header, 257);
        Encoding.ASCII.GetBytes(entry.Prefix).CopyTo(header, 345);
        var checksum = header.Sum(value => value);
        Encoding.ASCII.GetBytes(Convert.ToString(checksum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        return header;
    }
}
