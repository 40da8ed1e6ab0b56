namespace Flama.Compression.Tests;

public sealed class CodecFailureTests
{
    [Theory]
    [InlineData("xz", "check-crc32.xz", CompressionFailure.Corrupt, "the check of a block does not match its content")]
    [InlineData("xz", "check-crc64.xz", CompressionFailure.Corrupt, "the check of a block does not match its content")]
    [InlineData("xz", "check-sha256.xz", CompressionFailure.Corrupt, "the check of a block does not match its content")]
    [InlineData("xz", "filter-x86.xz", CompressionFailure.Unsupported, "it uses the x86 (BCJ) filter, only LZMA2 alone is supported")]
    [InlineData("xz", "filter-arm64.xz", CompressionFailure.Unsupported, "it uses the ARM64 (BCJ) filter, only LZMA2 alone is supported")]
    [InlineData("xz", "filter-delta.xz", CompressionFailure.Unsupported, "it uses the delta filter, only LZMA2 alone is supported")]
    [InlineData("lzma", "size-too-small.lzma", CompressionFailure.Corrupt, "a match is longer than what remains")]
    [InlineData("lzma", "size-too-large.lzma", CompressionFailure.Truncated, "The lzma data ends too early, after 4162 bytes.")]
    [InlineData("lzma", "size-before-marker.lzma", CompressionFailure.Corrupt, "the end marker comes 1 bytes before the size in the header")]
    [InlineData("lzma", "size-before-match.lzma", CompressionFailure.Corrupt, "a match is longer than what remains")]
    [InlineData("zstd", "dictionary-4242.zst", CompressionFailure.Unsupported, "compressed with the dictionary 4242, and dictionaries are not")]
    [InlineData("zstd", "window-256m.zst", CompressionFailure.LimitExceeded, "a window of 268435456 bytes, 134217728 bytes are allowed")]
    [InlineData("lz4", "legacy.lz4", CompressionFailure.Unsupported, "the frame is of the legacy format (lz4 -l)")]
    [InlineData("lz4", "dictionary.lz4", CompressionFailure.Corrupt, "before the start of the data")]
    public void OpenRead_BadFile_SaysWhatIsWrong(string codec, string file, CompressionFailure failure, string message)
    {
        var compressed = Decompression.Fixture("bad", file);

        var exception = Decompression.Fail(codec, compressed);

        Assert.Equal(failure, exception.Failure);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith($"The {codec} data ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xz", "short.xz")]
    [InlineData("zstd", "short.zst")]
    [InlineData("lz4", "text.12-nocrc.lz4")]
    [InlineData("bz2", "short.bz2")]
    [InlineData("gzip", "text.gz")]
    [InlineData("lzma", "text.size-only.lzma")]
    [InlineData("zlib", "short.9.zlib")]
    public void OpenRead_AfterAFailure_FailsAgain(string codec, string file)
    {
        var compressed = Decompression.Fixture("good", codec, file)[..^4];
        using var stream = CodecTable.Find(codec)!.OpenRead(new MemoryStream(compressed), Decompression.Limits);
        var first = Assert.Throws<CompressionException>(() => stream.CopyTo(Stream.Null));

        var second = Assert.Throws<CompressionException>(() => stream.ReadByte());

        Assert.Equal(CompressionFailure.Truncated, first.Failure);
        Assert.Equal(first.Message, second.Message);
    }

    [Theory]
    [InlineData("zlib")]
    [InlineData("gzip")]
    [InlineData("bz2")]
    [InlineData("xz")]
    [InlineData("lzma")]
    [InlineData("zstd")]
    [InlineData("lz4")]
    public void OpenRead_InputThatCannotBeRead_PassesItsErrorOn(string codec)
    {
        using var broken = new BrokenStream();

        var exception = Assert.Throws<IOException>(() => Decompression.Decompress(codec, broken));

        Assert.Equal("The disk is gone.", exception.Message);
    }

    [Theory]
    [InlineData("xz")]
    [InlineData("zstd")]
    [InlineData("lz4")]
    [InlineData("bz2")]
    [InlineData("gzip")]
    [InlineData("lzma")]
    [InlineData("zlib")]
    public void OpenRead_OtherFormat_IsCorrupt(string codec)
    {
        var text = Samples.Of("text");

        var exception = Decompression.Fail(codec, text);

        Assert.Equal(CompressionFailure.Corrupt, exception.Failure);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("The disk is gone.");

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("The disk is gone.");
    }
}
