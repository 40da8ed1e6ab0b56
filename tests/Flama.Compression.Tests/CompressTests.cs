namespace Flama.Compression.Tests;

public sealed class CompressTests
{
    [Theory]
    [InlineData("zlib")]
    [InlineData("gzip")]
    [InlineData("bz2")]
    public void OpenWrite_Samples_DecompressToThemselves(string codec)
    {
        foreach (var sample in new[] { "empty", "one", "text", "zeros", "random", "mixed" })
        {
            var content = Samples.Of(sample);

            var compressed = Compress(codec, content);

            Assert.True(Decompression.Decompress(codec, compressed).AsSpan().SequenceEqual(content), sample);
        }
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("short")]
    [InlineData("text")]
    public void OpenWrite_Bz2_WritesWhatBzip2Writes(string sample)
    {
        var expected = Decompression.Fixture("good", "bz2", $"{sample}.bz2");

        var compressed = Compress("bz2", Samples.Of(sample));

        Assert.Equal(expected[..4], compressed[..4]);
        Assert.InRange(compressed.Length, expected.Length * 0.9, expected.Length * 1.1);
    }

    [Theory]
    [InlineData("zlib", "789C")]
    [InlineData("gzip", "1F8B08")]
    [InlineData("bz2", "425A6839")]
    public void OpenWrite_Start_IsThatOfThePythonDefault(string codec, string start)
    {
        var compressed = Compress(codec, Samples.Of("short"));

        Assert.StartsWith(start, Convert.ToHexString(compressed), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zlib")]
    [InlineData("gzip")]
    [InlineData("bz2")]
    public void OpenWrite_Disposed_LeavesTheDestinationOpen(string codec)
    {
        var destination = new MemoryStream();

        using (var stream = CodecTable.Find(codec)!.OpenWrite(destination))
        {
            stream.WriteByte(1);
        }

        Assert.True(destination.CanWrite);
    }

    [Theory]
    [InlineData("zlib", true)]
    [InlineData("gzip", true)]
    [InlineData("bz2", true)]
    [InlineData("xz", false)]
    [InlineData("lzma", false)]
    [InlineData("zstd", false)]
    [InlineData("lz4", false)]
    public void CanCompress_EveryCodec_TellsWhetherOpenWriteWorks(string codec, bool expected)
    {
        var found = CodecTable.Find(codec)!;

        Assert.Equal(expected, found.CanCompress);
        if (!expected)
        {
            var exception = Assert.Throws<NotSupportedException>(() => found.OpenWrite(Stream.Null));
            Assert.Equal($"{codec} can be read, not written. Codecs that write: zlib, gzip, bz2.", exception.Message);
        }
    }

    private static byte[] Compress(string codec, byte[] content)
    {
        var compressed = new MemoryStream();
        using (var stream = CodecTable.Find(codec)!.OpenWrite(compressed))
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }
}
