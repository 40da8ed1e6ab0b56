using Flama.Tests;

namespace Flama.Compression.Tests;

/// <summary>Short ways to decompress a fixture or an array.</summary>
internal static class Decompression
{
    public static readonly string[] Codecs = ["bz2", "gzip", "lz4", "lzma", "xz", "zlib", "zstd"];

    /// <summary>The limits of the tests: fixtures of zeros exceed no ratio, and nothing exceeds 16 MiB.</summary>
    public static readonly DecompressionLimits Limits = DecompressionLimits.Default with { MaxOutputBytes = 16 << 20 };

    public static byte[] Fixture(params string[] parts) => File.ReadAllBytes(Fixtures.PathOf(["compression", .. parts]));

    public static byte[] Decompress(string codec, byte[] compressed, DecompressionLimits? limits = null) =>
        Decompress(codec, new MemoryStream(compressed), limits);

    public static byte[] Decompress(string codec, Stream compressed, DecompressionLimits? limits = null)
    {
        using var stream = CodecTable.Find(codec)!.OpenRead(compressed, limits ?? Limits);
        var result = new MemoryStream();
        stream.CopyTo(result);
        return result.ToArray();
    }

    /// <summary>Decompresses data that must fail.</summary>
    public static CompressionException Fail(string codec, byte[] compressed, DecompressionLimits? limits = null) =>
        Assert.Throws<CompressionException>(() => Decompress(codec, compressed, limits));
}
