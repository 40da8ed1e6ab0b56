using Flama.Boosters.CatBoost;

namespace Flama.Boosters.Tests.CatBoost;

public sealed class CtrIndexTests
{
    [Fact]
    public void RowOf_KeysThatAreThereAndKeysThatAreNot_FindsTheRowsOfThose()
    {
        var random = new Random(3);
        var keys = Enumerable.Range(0, 1_000).Select(i => i % 2 == 0 ? (ulong)random.NextInt64() : (ulong)i << 40).Distinct().ToArray();
        var rows = keys.Select((_, i) => i * 3).ToArray();

        var index = new CtrIndex(keys, rows);

        Assert.All(keys, (key, i) => Assert.Equal(i * 3, index.RowOf(key)));
        Assert.All(keys, key => Assert.Equal(-1, index.RowOf(key + 1)));
        Assert.Equal(-1, new CtrIndex([], []).RowOf(0));
    }

    [Fact]
    public void Create_KeyThatIsThereTwice_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new CtrIndex([5, 6, 5], [0, 1, 2]));
}
