namespace Flama.Compression.Tests;

public sealed class DamageTests
{
    [Theory]
    [InlineData("zlib", "short.9.zlib")]
    [InlineData("bz2", "text.1.bz2")]
    [InlineData("xz", "short.xz")]
    [InlineData("xz", "random.xz")]
    [InlineData("zstd", "short.zst")]
    [InlineData("zstd", "records.zst")]
    [InlineData("lz4", "one.lz4")]
    [InlineData("lz4", "letters.B4-BD-BX-size.lz4")]
    public void OpenRead_OneBitFlipped_NeverGivesOtherBytes(string codec, string file)
    {
        var compressed = Decompression.Fixture("good", codec, file);
        var content = Decompression.Decompress(codec, compressed);
        var caught = 0;
        var flips = 0;

        for (var i = 0; i < compressed.Length; i += 1 + (i / 400))
        {
            var damaged = compressed.ToArray();
            damaged[i] ^= (byte)(1 << (i % 8));
            flips++;
            try
            {
                Assert.Equal(content, Decompression.Decompress(codec, damaged));
            }
            catch (CompressionException)
            {
                caught++;
            }
        }

        // What may pass are bits that say nothing: padding, or a dictionary size that is larger than needed.
        Assert.InRange(caught, flips - 8, flips);
    }

    [Theory]
    [InlineData("zlib", "short.9.zlib", 1)]
    [InlineData("gzip", "text.gz", 5)]
    [InlineData("bz2", "short.bz2", 3)]
    [InlineData("zstd", "short.zst", 1)]
    [InlineData("lz4", "text.lz4", 1)]
    public void OpenRead_WrongChecksum_IsCorrupt(string codec, string file, int fromEnd)
    {
        var compressed = Decompression.Fixture("good", codec, file);
        compressed[^fromEnd] ^= 0x10;

        var exception = Decompression.Fail(codec, compressed);

        Assert.Equal(CompressionFailure.Corrupt, exception.Failure);
    }

    [Fact]
    public void OpenRead_WrongBlockChecksum_IsCorrupt()
    {
        var compressed = Decompression.Fixture("good", "lz4", "text.B5-BX-size.lz4");
        compressed[1000] ^= 0x10;

        var exception = Decompression.Fail("lz4", compressed);

        Assert.Equal(CompressionFailure.Corrupt, exception.Failure);
        Assert.Contains("the checksum of a block does not match", exception.Message, StringComparison.Ordinal);
    }
}
