namespace Flama.Pickle.Tests;

public sealed class PickleDictTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1000)]
    public void Set_ManyKeysTwice_KeepsOrderAndLastValues(int count)
    {
        var dict = new PickleDict();

        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < count; i++)
            {
                dict.Set($"key{i}", (long)(i + pass));
                dict.Set((long)i, pass);
                dict.Set(i + 0.5, pass);
            }
        }

        Assert.Equal(count * 3, dict.Count);
        Assert.Equal("key0", dict.First().Key);
        for (var i = 0; i < count; i++)
        {
            Assert.True(dict.TryGetValue($"key{i}", out var value));
            Assert.Equal((long)(i + 1), value);
        }

        Assert.False(dict.TryGetValue("other", out var missing));
        Assert.Null(missing);
    }

    [Fact]
    public void Set_KeysWithoutValueEquality_KeepsEach()
    {
        var dict = new PickleDict();

        for (var i = 0; i < 20; i++)
        {
            dict.Set(null, i);
            dict.Set(new PickleTuple([1L]), i);
        }

        Assert.Equal(40, dict.Count);
    }

    [Fact]
    public void HashOf_IntegersThatOnlyDifferInHighBits_DoNotCollide()
    {
        // The hash code of Int64 is the same for all of these: a file could make every look-up walk through all keys.
        var keys = Enumerable.Range(0, 60_000).Select(i => ((long)i << 32) | (uint)i).ToArray();

        Assert.Single(keys.Select(key => key.GetHashCode()).Distinct());
        Assert.InRange(keys.Select(key => PickleDict.HashOf(key)).Distinct().Count(), 59_000, 60_000);
    }
}
