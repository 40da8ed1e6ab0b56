namespace Flama.Compression.Tests;

public sealed class TruncationTests
{
    [Theory]
    [InlineData("zlib", "short.1.zlib")]
    [InlineData("zlib", "short.0.zlib")]
    [InlineData("zlib", "empty.6.zlib")]
    [InlineData("gzip", "empty.gz")]
    [InlineData("gzip", "text.gz")]
    [InlineData("bz2", "short.bz2")]
    [InlineData("bz2", "empty.bz2")]
    [InlineData("xz", "short.xz")]
    [InlineData("xz", "empty.xz")]
    [InlineData("xz", "random.xz")]
    [InlineData("lzma", "one.xz.lzma")]
    [InlineData("lzma", "zeros.xz.lzma")]
    [InlineData("lzma", "text.python.lzma")]
    [InlineData("lzma", "text.size-and-marker.lzma")]
    [InlineData("lzma", "text.size-only.lzma")]
    [InlineData("zstd", "short.zst")]
    [InlineData("zstd", "short.no-check.zst")]
    [InlineData("zstd", "empty.pipe.zst")]
    [InlineData("zstd", "zeros.pipe.zst")]
    [InlineData("lz4", "one.lz4")]
    [InlineData("lz4", "zeros.lz4")]
    public void OpenRead_CutAnywhere_IsTruncated(string codec, string file)
    {
        var whole = Decompression.Fixture("good", codec, file);

        for (var length = 0; length < whole.Length; length += 1 + (length / 500))
        {
            var exception = Decompression.Fail(codec, whole[..length]);

            Assert.True(exception.Failure == CompressionFailure.Truncated, $"{length} of {whole.Length} bytes: {exception.Message}");
        }
    }

    [Theory]
    [InlineData("gzip", "text+text+one.members.gz")]
    [InlineData("bz2", "short+text+empty+one.streams.bz2")]
    [InlineData("xz", "short+one+empty.padded.xz")]
    [InlineData("zstd", "short+text+empty.frames.zst")]
    [InlineData("lz4", "short+records+one.frames.lz4")]
    public void OpenRead_SeveralPartsCutAnywhere_IsTruncatedOrEndsBetweenParts(string codec, string file)
    {
        var whole = Decompression.Fixture("good", codec, file);
        var content = Decompression.Decompress(codec, whole);
        var complete = 0;

        for (var length = 1; length < whole.Length; length++)
        {
            try
            {
                var part = Decompression.Decompress(codec, whole[..length]);

                Assert.True(content.AsSpan().StartsWith(part));
                complete++;
            }
            catch (CompressionException exception)
            {
                Assert.Equal(CompressionFailure.Truncated, exception.Failure);
            }
        }

        Assert.InRange(complete, 1, 20);
    }
}
