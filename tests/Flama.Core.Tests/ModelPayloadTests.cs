namespace Flama.Tests;

public sealed class ModelPayloadTests
{
    [Fact]
    public void FromMemory_ReadAll_GivesTheSameMemory()
    {
        byte[] bytes = [1, 2, 3];

        var payload = ModelPayload.FromMemory(bytes);

        Assert.Equal(3, payload.Length);
        Assert.True(payload.ReadAll().Span.Overlaps(bytes));
        Assert.Equal(0, ModelPayload.Empty.Length);
    }

    [Fact]
    public void FromMemory_OpenRead_ReadsAndSeeks()
    {
        using var stream = ModelPayload.FromMemory(new byte[] { 1, 2, 3, 4 }).OpenRead();

        stream.Seek(-3, SeekOrigin.End);
        var rest = new byte[8];
        var read = stream.Read(rest, 0, 8);

        Assert.Equal(3, read);
        Assert.Equal([2, 3, 4], rest[..3]);
        Assert.Equal(0, stream.Read(rest, 0, 8));
        Assert.Throws<NotSupportedException>(() => stream.WriteByte(1));
    }

    [Fact]
    public void ReadAll_OverTwoGigabytes_IsRefusedBeforeMemoryIsTaken()
    {
        var failure = Assert.Throws<FlamaException>(() => new Announced(3L << 30, 0).ReadAll());

        Assert.Equal(ErrorCodes.LimitExceeded, failure.Code);
        Assert.Contains($"{3L << 30} bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadAll_FewerBytesThanAnnounced_IsTruncated()
    {
        var failure = Assert.Throws<FlamaException>(() => new Announced(5, 2).ReadAll());

        Assert.Equal(ErrorCodes.Truncated, failure.Code);
        Assert.Equal("The model ends after 2 bytes; 5 were announced.", failure.Message);
    }

    private sealed class Announced(long length, int there) : ModelPayload
    {
        public override long Length => length;

        public override Stream OpenRead() => new MemoryStream(new byte[there], writable: false);
    }
}
