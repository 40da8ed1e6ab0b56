using Flama.Pickle.Pandas;

namespace Flama.Pickle.Tests.Pandas;

public sealed class PandasIndexTests
{
    [Fact]
    public void TryRead_IndexOfAPickle_GivesLabels()
    {
        var pickle = new PickleBytes().Global("pandas.core.indexes.base", "_new_Index").Global("pandas.core.indexes.base", "Index").Op("}(")
            .Text("data").Array(dtype => dtype.DType("O8", '|'), [2], false, data => data.Op("](").Text("a").Text("b").Op("e"))
            .Text("name").Op("Nu\u0086R.");

        Assert.True(PandasIndex.TryRead(Assert.IsType<PickleObject>(pickle.Read()), out var labels));
        Assert.Equal(["a", "b"], labels.ToStrings());
    }

    [Theory]
    [InlineData(0L, 3L, 1L, new[] { 0L, 1, 2 })]
    [InlineData(5L, 0L, -2L, new[] { 5L, 3, 1 })]
    [InlineData(3L, 0L, 1L, new long[0])]
    [InlineData(1L, 0L, 2L, new long[0])]
    public void TryRead_Range_GivesItsNumbers(long start, long stop, long step, long[] expected)
    {
        Assert.True(PandasIndex.TryRead(Range(start, stop, step), out var labels));
        Assert.Equal(expected, labels.ToInt64s());
    }

    [Fact]
    public void TryRead_RangeWithoutEnd_Throws()
    {
        var exception = Assert.Throws<PickleException>(() => PandasIndex.TryRead(Range(long.MinValue, long.MaxValue, 1), out _));

        Assert.Equal(PickleErrorCode.LimitExceeded, exception.Code);
    }

    [Fact]
    public void TryRead_OtherObjects_GivesFalse()
    {
        Assert.False(PandasIndex.TryRead(Range(0, 1, 0), out _));
        Assert.False(PandasIndex.TryRead(new PickleObject(new GlobalName("pandas.core.frame", "DataFrame"), new PickleTuple([])), out _));
    }

    private static PickleObject Range(long start, long stop, long step)
    {
        var parts = new PickleDict();
        parts.Set("start", start);
        parts.Set("stop", stop);
        parts.Set("step", step);
        return new PickleObject(new GlobalName("pandas.core.indexes.range", "RangeIndex"), new PickleTuple([null, parts]));
    }
}
