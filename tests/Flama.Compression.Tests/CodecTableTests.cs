using Flama.Tests;

namespace Flama.Compression.Tests;

public sealed class CodecTableTests
{
    [Fact]
    public void All_Names_AreTheSevenAndUnique()
    {
        var names = CodecTable.All.Select(codec => codec.Name);

        Assert.Equal(Decompression.Codecs, names.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void All_WeakMagics_StandLast()
    {
        var last = CodecTable.All.TakeLast(2).Select(codec => codec.Name);

        Assert.Equal(["lzma", "zlib"], last, StringComparer.Ordinal);
    }

    [Fact]
    public void Find_EveryName_GivesThatCodec()
    {
        Assert.All(Decompression.Codecs, name => Assert.Equal(name, CodecTable.Find(name)?.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ZSTD")]
    [InlineData("brotli")]
    public void Find_UnknownName_GivesNull(string name)
    {
        var codec = CodecTable.Find(name);

        Assert.Null(codec);
    }

    [Fact]
    public void Detect_EveryFixtureOfARealTool_GivesItsCodec()
    {
        var exceptions = new[] { "text.lc0-lp2-pb0.lzma", "short+records+one.frames.lz4" };

        foreach (var fixture in Fixtures.List("compression/good", "*", SearchOption.AllDirectories))
        {
            var parts = fixture.Split('/');
            var bytes = File.ReadAllBytes(Fixtures.PathOf(fixture));
            if (!exceptions.Contains(parts[^1]))
            {
                Assert.Equal(parts[^2], CodecTable.Detect(bytes.AsSpan(0, Math.Min(16, bytes.Length)))?.Name);
            }
        }
    }

    [Theory]
    [InlineData("FD377A585A00", "xz")]
    [InlineData("28B52FFD", "zstd")]
    [InlineData("512A4D18", "zstd")]
    [InlineData("04224D18", "lz4")]
    [InlineData("02214C18", "lz4")]
    [InlineData("425A6839", "bz2")]
    [InlineData("1F8B", "gzip")]
    [InlineData("789C", "zlib")]
    [InlineData("7801", "zlib")]
    [InlineData("5D00008000", "lzma")]
    [InlineData("5D00008000FFFFFFFFFFFFFFFF00", "lzma")]
    [InlineData("5D00000004A0860100000000000000", "lzma")]
    public void Detect_Magic_GivesItsCodec(string prefix, string name)
    {
        var codec = CodecTable.Detect(Convert.FromHexString(prefix));

        Assert.Equal(name, codec?.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("425A6830")]
    [InlineData("FD377A585A")]
    [InlineData("5D00")]
    [InlineData("5D00008100FFFFFFFFFFFFFFFF00")]
    [InlineData("5D00008000FFFFFFFFFFFFFF7F00")]
    [InlineData("5D00008000FFFFFFFFFFFFFFFF01")]
    [InlineData("00000001000000040000000000001234")]
    [InlineData("000000020000000C0000000000001234")]
    [InlineData("80049500000000000000")]
    [InlineData("504B0304")]
    [InlineData("7B226D6F64656C223A20")]
    public void Detect_OtherBytes_GivesNull(string prefix)
    {
        var codec = CodecTable.Detect(Convert.FromHexString(prefix));

        Assert.Null(codec);
    }
}
