using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Flama.Compression;

namespace Flama.Packaging.Tests;

/// <summary>What a package holds before compression, taken apart with as little of the reader under test as possible.</summary>
internal static class PackageTexts
{
    private static readonly string[] Codecs = ["", "bz2", "lzma", "zlib", "zstd"];

    /// <summary>The texts of metadata and model in the order of the file; one text for both in a tar package.</summary>
    public static string Of(byte[] package)
    {
        if (package[0] == 0x1F)
        {
            return OfTar(package);
        }

        var sizes = Enumerable.Range(0, 3).Select(i => (int)BinaryPrimitives.ReadUInt64BigEndian(package.AsSpan(16 + (8 * i)))).ToArray();
        return package[3] == 1
            ? Text(package[7], package.AsSpan(44, sizes[0])) + Text(package[7], package.AsSpan(44 + sizes[0], sizes[1]))
            : Text(package[7], package.AsSpan(41, sizes[0] - 1)) + Text(package[7], package.AsSpan(40 + sizes[0] + sizes[1] + 2, sizes[2] - 2));
    }

    private static string OfTar(byte[] package)
    {
        using var tar = new TarReader(new GZipStream(new MemoryStream(package), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == "model")
            {
                using var text = new StreamReader(new ZLibStream(entry.DataStream!, CompressionMode.Decompress));
                return text.ReadToEnd();
            }
        }

        return "";
    }

    private static string Text(byte codec, ReadOnlySpan<byte> section)
    {
        using var stream = CodecTable.Find(Codecs[codec])!.OpenRead(new MemoryStream(section.ToArray()), DecompressionLimits.Default);
        using var text = new StreamReader(stream, Encoding.Latin1);
        return text.ReadToEnd();
    }
}
