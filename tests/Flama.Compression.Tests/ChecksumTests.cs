using Flama.Compression.Checksums;

namespace Flama.Compression.Tests;

/// <summary>Values from the published test vectors and from other implementations.</summary>
public sealed class ChecksumTests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Crc32_KnownText_GivesTheKnownValue(string text, uint expected)
    {
        var crc = Crc32.Append(0, System.Text.Encoding.ASCII.GetBytes(text));

        Assert.Equal(expected, crc);
    }

    [Theory]
    [InlineData("", 0ul)]
    [InlineData("123456789", 0x995DC9BBDF1939FAul)]
    public void Crc64_KnownText_GivesTheKnownValue(string text, ulong expected)
    {
        var crc = Crc64.Append(0, System.Text.Encoding.ASCII.GetBytes(text));

        Assert.Equal(expected, crc);
    }

    [Theory]
    [InlineData("", 0x02CC5D05u)]
    [InlineData("a", 0x550D7456u)]
    [InlineData("abc", 0x32D153FFu)]
    [InlineData("Nobody inspects the spammish repetition", 0xE2293B2Fu)]
    public void XxHash32_KnownText_GivesTheKnownValue(string text, uint expected)
    {
        var hash = XxHash32.Of(System.Text.Encoding.ASCII.GetBytes(text));

        Assert.Equal(expected, hash);
    }

    [Theory]
    [InlineData("", 0xEF46DB3751D8E999ul)]
    [InlineData("a", 0xD24EC4F1A98C6E5Bul)]
    [InlineData("abc", 0x44BC2CF5AD770999ul)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1ul)]
    public void XxHash64_KnownText_GivesTheKnownValue(string text, ulong expected)
    {
        var hash = new XxHash64();
        hash.Append(System.Text.Encoding.ASCII.GetBytes(text));

        Assert.Equal(expected, hash.Value);
    }

    [Fact]
    public void Append_InPieces_EqualsAllAtOnce()
    {
        var bytes = Samples.Random(11, 500);
        var whole = new XxHash64();
        whole.Append(bytes);
        var (pieces32, pieces64, crc32, crc64) = (new XxHash32(), new XxHash64(), 0u, 0ul);

        for (int start = 0, size = 0; start < bytes.Length; start += size, size = (size + 7) % 41)
        {
            var piece = bytes.AsSpan(start, Math.Min(size, bytes.Length - start));
            pieces32.Append(piece);
            pieces64.Append(piece);
            crc32 = Crc32.Append(crc32, piece);
            crc64 = Crc64.Append(crc64, piece);
        }

        Assert.Equal(XxHash32.Of(bytes), pieces32.Value);
        Assert.Equal(whole.Value, pieces64.Value);
        Assert.Equal(Crc32.Append(0, bytes), crc32);
        Assert.Equal(Crc64.Append(0, bytes), crc64);
    }
}
