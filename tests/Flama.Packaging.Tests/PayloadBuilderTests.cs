using Flama.Packaging.Sources;

namespace Flama.Packaging.Tests;

public sealed class PayloadBuilderTests
{
    [Theory]
    [InlineData(1_000, 100)]
    [InlineData(1_000, 999)]
    [InlineData(1_000, 1_000)]
    [InlineData(200_000, 70_000)]
    public void ToPayload_OfMoreThanIsKeptInMemory_GivesTheSameBytes(int length, int kept)
    {
        var bytes = new byte[length];
        new Random(3).NextBytes(bytes);
        using var builder = new PayloadBuilder(kept);
        builder.Append(bytes.AsSpan(0, length / 3));
        builder.Append(new MemoryStream(bytes[(length / 3)..]));

        var payload = builder.ToPayload();

        using (payload as IDisposable)
        {
            using var stream = payload.OpenRead();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            Assert.Equal(length, payload.Length);
            Assert.Equal(bytes, copy.ToArray());
            Assert.Equal(bytes, payload.ReadAll().ToArray());
            Assert.Equal(length > kept, payload is SpooledPayload);
        }
    }
}
