namespace Flama.Sklearn.Tests;

public sealed class ContentIdTests
{
    [Fact]
    public void Of_SameBytes_IsTheSame() => Assert.Equal(ContentId.Of(Bytes(1000)), ContentId.Of(Bytes(1000)));

    // Words of each of the four sums, the bytes behind the last word, and the length.
    [Fact]
    public void Of_OneByteChangedOrMore_IsAnother()
    {
        var ids = new HashSet<string> { ContentId.Of(Bytes(1000)), ContentId.Of(Bytes(999)), ContentId.Of([]) };
        foreach (var at in new[] { 0, 8, 16, 24, 32, 700, 998, 999 })
        {
            var bytes = Bytes(1000);
            bytes[at] ^= 1;
            ids.Add(ContentId.Of(bytes));
        }

        Assert.Equal(11, ids.Count);
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7))];
}
