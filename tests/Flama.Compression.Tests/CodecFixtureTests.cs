using Flama.Tests;

namespace Flama.Compression.Tests;

public sealed class CodecFixtureTests
{
    public static TheoryData<string> Good => [.. Fixtures.List("compression/good", "*", SearchOption.AllDirectories)];

    [Theory]
    [MemberData(nameof(Good))]
    public void OpenRead_FileOfARealTool_GivesTheSample(string fixture)
    {
        var (codec, sample) = Parse(fixture);
        var compressed = File.ReadAllBytes(Fixtures.PathOf(fixture));

        var content = Decompression.Decompress(codec, compressed);

        Assert.True(content.AsSpan().SequenceEqual(Samples.Of(sample)), $"{fixture} gives {content.Length} other bytes");
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void OpenRead_DrippingInputAndSmallReads_GivesTheSample(string fixture)
    {
        var (codec, sample) = Parse(fixture);
        using var input = new DrippingStream(File.ReadAllBytes(Fixtures.PathOf(fixture)));
        using var stream = CodecTable.Find(codec)!.OpenRead(input, Decompression.Limits);
        var expected = Samples.Of(sample);
        var content = new byte[expected.Length + 1];

        var total = 0;
        int read;
        while ((read = stream.Read(content, total, Math.Min(1 + (total % 1000), content.Length - total))) > 0)
        {
            total += read;
        }

        Assert.Equal(expected.Length, total);
        Assert.True(content.AsSpan(0, total).SequenceEqual(expected));
    }

    [Fact]
    public void Good_Fixtures_CoverEveryCodec()
    {
        var codecs = Fixtures.List("compression/good", "*", SearchOption.AllDirectories).Select(fixture => Parse(fixture).Codec);

        Assert.Equal(Decompression.Codecs, codecs.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static (string Codec, string Sample) Parse(string fixture)
    {
        var parts = fixture.Split('/');
        return (parts[^2], parts[^1].Split('.')[0]);
    }

    /// <summary>Gives one to seven bytes a read.</summary>
    private sealed class DrippingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1 + (int)(Position % 7)));
    }
}
