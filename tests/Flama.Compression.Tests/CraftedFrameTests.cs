using System.Buffers.Binary;
using System.IO.Hashing;

namespace Flama.Compression.Tests;

/// <summary>Frames made by hand, for what the usual tools do not write.</summary>
public sealed class CraftedFrameTests
{
    private const string ZstdMagic = "28B52FFD";
    private const string Lz4Magic = "04224D18";
    private const string Undecodable = "the blocks of a frame do not decode to its content";

    [Theory]
    [InlineData("repeated literals", "2014" + "1D0000" + "A178" + "00", "xxxxxxxxxxxxxxxxxxxx")]
    [InlineData("repeated block", "2005" + "2B0000" + "79", "yyyyy")]
    [InlineData("raw block", "2002" + "110000" + "6869", "hi")]
    [InlineData("two blocks, the first empty", "2002" + "000000" + "110000" + "6869", "hi")]
    [InlineData("dictionary id zero", "2100" + "02" + "110000" + "6869", "hi")]
    public void Zstd_CraftedFrame_GivesItsContent(string what, string frame, string expected)
    {
        var content = Decompression.Decompress("zstd", Convert.FromHexString(ZstdMagic + frame));

        Assert.True(expected == System.Text.Encoding.ASCII.GetString(content), what);
    }

    [Theory]
    [InlineData("2003" + "110000" + "6869", CompressionFailure.Corrupt, Undecodable)]
    [InlineData("2003" + "010000", CompressionFailure.Corrupt, "0 bytes came out, the frame header tells 3")]
    [InlineData("2003" + "100000" + "6869" + "010000", CompressionFailure.Corrupt, "2 bytes came out, the frame header tells 3")]
    [InlineData("2002" + "190000" + "686921", CompressionFailure.Corrupt, "a block of 3 bytes is larger than 2 bytes")]
    [InlineData("2002" + "170000" + "6869", CompressionFailure.Corrupt, "a block is of the reserved type")]
    [InlineData("2802" + "110000" + "6869", CompressionFailure.Unsupported, "the frame header sets a bit that is reserved")]
    [InlineData("2107" + "02" + "110000" + "6869", CompressionFailure.Unsupported, "it was compressed with the dictionary 7, and")]
    [InlineData("2014" + "0D0000" + "00", CompressionFailure.Corrupt, "a compressed block of 1 bytes is too short")]
    [InlineData("2000" + "050000", CompressionFailure.Corrupt, "a compressed block of 0 bytes is too short")]
    [InlineData("2014" + "1D0000" + "9001" + "00", CompressionFailure.Corrupt, Undecodable)]
    [InlineData("2014" + "1D0000" + "A978" + "00", CompressionFailure.Corrupt, Undecodable)]
    [InlineData("2014" + "250000" + "A178" + "0000", CompressionFailure.Corrupt, Undecodable)]
    [InlineData("2014" + "250000" + "0178" + "01FC", CompressionFailure.Corrupt, Undecodable)]
    [InlineData("2014" + "250000" + "0178" + "0101", CompressionFailure.Corrupt, Undecodable)]
    [InlineData("2014" + "2D0000" + "0178" + "0154FF", CompressionFailure.Corrupt, Undecodable)]
    [InlineData("2014" + "2D0000" + "4300" + "000000", CompressionFailure.Corrupt, Undecodable)]
    public void Zstd_BadFrame_SaysWhatIsWrong(string frame, CompressionFailure failure, string message)
    {
        var exception = Decompression.Fail("zstd", Convert.FromHexString(ZstdMagic + frame));

        Assert.Equal(failure, exception.Failure);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("27B52FFD", CompressionFailure.Unsupported, "the frame is of a zstd before 0.8 (magic 0xFD2FB527)")]
    [InlineData("29B52FFD", CompressionFailure.Corrupt, "0xFD2FB529 starts no frame")]
    public void Zstd_OtherMagic_SaysWhatItIs(string magic, CompressionFailure failure, string message)
    {
        var exception = Decompression.Fail("zstd", Convert.FromHexString(magic + "2002110000"));

        Assert.Equal(failure, exception.Failure);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zstd_GarbageAfterTheFrame_IsCorrupt()
    {
        var frame = Convert.FromHexString(ZstdMagic + "2002" + "110000" + "6869" + "6761726261676521");

        var exception = Decompression.Fail("zstd", frame);

        Assert.Equal(CompressionFailure.Corrupt, exception.Failure);
    }

    [Fact]
    public void Lz4_Dictionary_IsRefusedById()
    {
        var frame = Lz4Frame(0x61, 0x40, "39300000", "00000000");

        var exception = Decompression.Fail("lz4", frame);

        Assert.Equal(CompressionFailure.Unsupported, exception.Failure);
        Assert.Contains("it was compressed with the dictionary 12345, and dictionaries are not supported", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xA0, 0x40, CompressionFailure.Unsupported, "the frame is of version 2 of the format")]
    [InlineData(0x62, 0x40, CompressionFailure.Corrupt, "the frame flags 0x6240 are not valid")]
    [InlineData(0x60, 0x30, CompressionFailure.Corrupt, "the frame flags 0x6030 are not valid")]
    [InlineData(0x60, 0xC0, CompressionFailure.Corrupt, "the frame flags 0x60C0 are not valid")]
    public void Lz4_BadFlags_SaysWhatIsWrong(byte flags, byte blockDescriptor, CompressionFailure failure, string message)
    {
        var exception = Decompression.Fail("lz4", Lz4Frame(flags, blockDescriptor, "", "00000000"));

        Assert.Equal(failure, exception.Failure);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0100000000", "the literals of a block are longer than it may be", "10")]
    [InlineData("", "a match reaches 2 bytes back, before the start of the data", "1461020000")]
    [InlineData("", "a match reaches 0 bytes back, before the start of the data", "1461000000")]
    [InlineData("", "a block ends within a match", "146101")]
    [InlineData("", "a block ends within a length", "F0FFFF")]
    [InlineData("", "a block ends before its last literals", "14610100")]
    public void Lz4_BadBlock_SaysWhatIsWrong(string after, string message, string block)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, block.Length / 2);
        var frame = Lz4Frame(0x60, 0x40, "", Convert.ToHexString(size) + block + after);

        var exception = Decompression.Fail("lz4", frame);

        Assert.Equal(CompressionFailure.Corrupt, exception.Failure);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lz4_IndependentBlockReachingBack_IsCorrupt()
    {
        var linked = Lz4Frame(0x40, 0x40, "", "04000080" + "61626364" + "05000000" + "0004001061" + "00000000");
        var independent = Lz4Frame(0x60, 0x40, "", "04000080" + "61626364" + "05000000" + "0004001061" + "00000000");

        var content = Decompression.Decompress("lz4", linked);
        var exception = Decompression.Fail("lz4", independent);

        Assert.Equal("abcdabcda", System.Text.Encoding.ASCII.GetString(content));
        Assert.Contains("a match reaches 4 bytes back, before the start of the data", exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Lz4Frame(byte flags, byte blockDescriptor, string optional, string rest)
    {
        byte[] descriptor = [flags, blockDescriptor, .. Convert.FromHexString(optional)];
        return [.. Convert.FromHexString(Lz4Magic), .. descriptor, (byte)(XxHash32.HashToUInt32(descriptor) >> 8), .. Convert.FromHexString(rest)];
    }
}
