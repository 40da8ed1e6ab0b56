using System.Diagnostics;

namespace Flama.Compression.Tests;

public sealed class LimitTests
{
    public static TheoryData<string, string> Zeros => new()
    {
        { "zlib", "zeros.6.zlib" },
        { "bz2", "zeros.bz2" },
        { "xz", "zeros.xz" },
        { "lzma", "zeros.xz.lzma" },
        { "zstd", "zeros.zst" },
        { "lz4", "zeros.lz4" },
    };

    [Theory]
    [MemberData(nameof(Zeros))]
    public void OpenRead_OneByteMoreThanAllowed_ExceedsTheLimit(string codec, string file)
    {
        var compressed = Decompression.Fixture("good", codec, file);
        var limits = new DecompressionLimits { MaxOutputBytes = (1 << 20) - 1 };

        var exception = Decompression.Fail(codec, compressed, limits);

        Assert.Equal(CompressionFailure.LimitExceeded, exception.Failure);
        Assert.Equal($"The {codec} data decompresses to more than 1048575 bytes.", exception.Message);
    }

    [Theory]
    [MemberData(nameof(Zeros))]
    public void OpenRead_AsManyBytesAsAllowed_Succeeds(string codec, string file)
    {
        var compressed = Decompression.Fixture("good", codec, file);
        var limits = new DecompressionLimits { MaxOutputBytes = 1 << 20 };

        var content = Decompression.Decompress(codec, compressed, limits);

        Assert.Equal(1 << 20, content.Length);
    }

    [Theory]
    [MemberData(nameof(Zeros))]
    public void OpenRead_RatioTooHigh_ExceedsTheLimit(string codec, string file)
    {
        var compressed = Decompression.Fixture("good", codec, file);
        var limits = new DecompressionLimits { MaxRatio = 200, RatioFreeBytes = 100_000 };

        var exception = Decompression.Fail(codec, compressed, limits);

        Assert.Equal(CompressionFailure.LimitExceeded, exception.Failure);
        Assert.Contains("to more than 200 times its size", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Zeros))]
    public void OpenRead_RatioTooHighInFreeBytes_Succeeds(string codec, string file)
    {
        var compressed = Decompression.Fixture("good", codec, file);
        var limits = new DecompressionLimits { MaxRatio = 200, RatioFreeBytes = 1 << 20 };

        var content = Decompression.Decompress(codec, compressed, limits);

        Assert.Equal(1 << 20, content.Length);
    }

    [Theory]
    [InlineData("xz", "mixed.9e.xz")]
    [InlineData("lzma", "mixed.9e.lzma")]
    public void OpenRead_MatchBeyondTheAllowedWindow_ExceedsTheLimit(string codec, string file)
    {
        var compressed = Decompression.Fixture("good", codec, file);
        var limits = Decompression.Limits with { MaxWindowBytes = 100_000 };

        var exception = Decompression.Fail(codec, compressed, limits);

        Assert.Equal(CompressionFailure.LimitExceeded, exception.Failure);
        Assert.Contains("a window of 100000 bytes is allowed", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zstd", "mixed.long27.zst", 134_217_728)]
    [InlineData("zstd", "text.zst", 20_000)]
    public void OpenRead_WindowLargerThanAllowed_ExceedsTheLimitBeforeDecoding(string codec, string file, long needed)
    {
        var compressed = Decompression.Fixture("good", codec, file);
        var limits = Decompression.Limits with { MaxWindowBytes = needed - 1 };

        var exception = Decompression.Fail(codec, compressed, limits);

        Assert.Equal(CompressionFailure.LimitExceeded, exception.Failure);
        Assert.Contains($"it needs a window of {needed} bytes, {needed - 1} bytes are allowed", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lzma", "text.dictionary-4g.lzma")]
    [InlineData("xz", "text.dictionary-1536m.xz")]
    public void OpenRead_HugeDictionaryOfSmallData_AllocatesLittle(string codec, string file)
    {
        var compressed = Decompression.Fixture("good", codec, file);
        Decompression.Decompress(codec, compressed);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Decompression.Decompress(codec, compressed);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void OpenRead_HugeWindowOfSmallData_AllocatesLittle()
    {
        var compressed = Decompression.Fixture("bad", "window-256m.zst");
        var limits = Decompression.Limits with { MaxWindowBytes = 1 << 28 };
        Decompression.Decompress("zstd", compressed, limits);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var content = Decompression.Decompress("zstd", compressed, limits);

        Assert.Equal(Samples.Of("short"), content);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Theory]
    [InlineData("xz", "mixed.9e.xz")]
    [InlineData("lzma", "mixed.9e.lzma")]
    [InlineData("zstd", "mixed.19.zst")]
    [InlineData("lz4", "mixed.9.lz4")]
    public void OpenRead_SecondStream_TakesItsWindowFromThePool(string codec, string file)
    {
        var compressed = Decompression.Fixture("good", codec, file);
        Drain(codec, compressed);

        // Of five, for the runtime may trim the pool at any time.
        var least = Enumerable.Range(0, 5).Min(_ => Drain(codec, compressed));

        Assert.InRange(least, 0, 128 * 1024);
    }

    [Fact]
    public void OpenRead_HugeWindowOfSmallData_TakesLittleMemory()
    {
        var compressed = Decompression.Fixture("bad", "window-256m.zst");
        var limits = Decompression.Limits with { MaxWindowBytes = 1 << 28 };
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;

        using var stream = CodecTable.Find("zstd")!.OpenRead(new MemoryStream(compressed), limits);
        stream.CopyTo(Stream.Null);
        process.Refresh();

        // The library takes the window from the system, which gives pages only as they are written.
        Assert.InRange(process.WorkingSet64 - before, long.MinValue, 192L << 20);
    }

    [Theory]
    [InlineData("xz", "short.xz")]
    [InlineData("zstd", "short.zst")]
    [InlineData("lz4", "text.lz4")]
    [InlineData("bz2", "short.bz2")]
    [InlineData("gzip", "text.gz")]
    [InlineData("lzma", "text.size-only.lzma")]
    [InlineData("zlib", "short.9.zlib")]
    public void Read_AfterDisposal_IsRefused(string codec, string file)
    {
        var stream = CodecTable.Find(codec)!.OpenRead(new MemoryStream(Decompression.Fixture("good", codec, file)), Decompression.Limits);
        Assert.NotEqual(-1, stream.ReadByte());

        stream.Dispose();
        stream.Dispose();

        Assert.Throws<ObjectDisposedException>(() => stream.ReadByte());
    }

    private static long Drain(string codec, byte[] compressed)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        using (var stream = CodecTable.Find(codec)!.OpenRead(new MemoryStream(compressed), Decompression.Limits))
        {
            stream.CopyTo(Stream.Null);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
