using Flama.Compression.Xz;

namespace Flama.Compression.Tests;

/// <summary>Values from the published test vectors and from other implementations.</summary>
public sealed class Crc64Tests
{
    [Theory]
    [InlineData("", 0ul)]
    [InlineData("123456789", 0x995DC9BBDF1939FAul)]
    public void Append_KnownText_GivesTheKnownValue(string text, ulong expected)
    {
        var crc = Crc64.Append(0, System.Text.Encoding.ASCII.GetBytes(text));

        Assert.Equal(expected, crc);
    }

    [Fact]
    public void Append_InPieces_EqualsAllAtOnce()
    {
        var bytes = Samples.Random(11, 500);
        var crc = 0ul;

        for (int start = 0, size = 0; start < bytes.Length; start += size, size = (size + 7) % 41)
        {
            crc = Crc64.Append(crc, bytes.AsSpan(start, Math.Min(size, bytes.Length - start)));
        }

        Assert.Equal(Crc64.Append(0, bytes), crc);
    }
}
