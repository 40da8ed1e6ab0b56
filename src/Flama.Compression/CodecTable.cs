using Flama.Compression.Bzip2;
using Flama.Compression.Deflate;
using Flama.Compression.Lz4;
using Flama.Compression.Lzma;
using Flama.Compression.Xz;
using Flama.Compression.Zstd;

namespace Flama.Compression;

/// <summary>Every codec, by name and by the first bytes of a file.</summary>
public static class CodecTable
{
    /// <summary>All codecs; a name occurs once. The longer a format's magic, the earlier it stands.</summary>
    public static IReadOnlyList<Codec> All { get; } =
        [new XzCodec(), new ZstdCodec(), new Lz4Codec(), new Bz2Codec(), new GzipCodec(), new LzmaCodec(), new ZlibCodec()];

    /// <summary>Finds a codec by its name; null when there is none.</summary>
    public static Codec? Find(string name) => All.FirstOrDefault(codec => string.Equals(codec.Name, name, StringComparison.Ordinal));

    /// <summary>Finds the codec that the first bytes of a file tell; null when they tell none.</summary>
    /// <param name="prefix">The first 16 bytes, or as many as there are.</param>
    public static Codec? Detect(ReadOnlySpan<byte> prefix)
    {
        foreach (var codec in All)
        {
            if (codec.Matches(prefix))
            {
                return codec;
            }
        }

        return null;
    }
}
