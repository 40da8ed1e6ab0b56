using System.Buffers.Binary;
using Flama.FlatBuffers;

namespace Flama.Tests.FlatBuffers;

public sealed class FlatBufferTests
{
    [Fact]
    public void Texts_ManyOffsetsToOneLongText_AreRefused()
    {
        const int Count = 1_000;
        var bytes = new byte[sizeof(uint) * (Count + 2) + 10_000];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Count);
        for (var i = 1; i <= Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), (Count + 1 - i) * sizeof(uint));
        }

        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan((Count + 1) * sizeof(uint)), 10_000);

        var exception = Assert.Throws<FlamaException>(() => new FlatBuffer(bytes, Fail).Texts(0));

        Assert.Equal("its 14008 bytes refer to the same parts over and over", exception.Message);
    }

    [Theory]
    [InlineData(0xFFFF_FFFF, "an offset leads to byte 4294967295 of 16")]
    [InlineData(0x7FFF_FFFF, "an offset leads to byte 2147483647 of 16")]
    [InlineData(16, "an offset leads to byte 16 of 16")]
    [InlineData(14, "the part of 4 bytes at 14 lies outside of the 16 bytes that hold it")]
    [InlineData(4, "an offset leads to byte -4 of 16")]
    public void Root_OffsetThatLeadsOutside_IsRefused(uint offset, string says)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, offset);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), 8);

        var exception = Assert.Throws<FlamaException>(() => new FlatBuffer(bytes, Fail).Root());

        Assert.Equal(says, exception.Message);
    }

    private static FlamaException Fail(string what) => new(ErrorCodes.Corrupt, what);
}
