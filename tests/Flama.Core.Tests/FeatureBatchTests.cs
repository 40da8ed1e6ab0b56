namespace Flama.Tests;

public class FeatureBatchTests
{
    [Fact]
    public void AddRow_NewRow_IsAllNull()
    {
        using var batch = FeatureBatch.RentEmpty(2, columnNames: ["a", "b"]);

        var row = batch.AddRow();

        Assert.Equal(0, row);
        Assert.True(FeatureBatch.IsNull(batch.Row(0)[0]));
        Assert.True(FeatureBatch.IsNull(batch.Row(0)[1]));
        Assert.Equal(["a", "b"], batch.ColumnNames);
    }

    [Fact]
    public void AddRow_BeyondCapacity_KeepsNumbersAndTexts()
    {
        using var batch = FeatureBatch.RentEmpty(3, 1);
        for (var row = 0; row < 1_000; row++)
        {
            batch.AddRow();
            batch.SetNumber(row, 0, row);
            batch.SetText(row, 1, $"t{row}");
        }

        Assert.Equal(1_000, batch.Rows);
        Assert.All(Enumerable.Range(0, 1_000), row =>
        {
            Assert.Equal(row, batch.Row(row)[0]);
            Assert.Equal($"t{row}", batch.TextAt(row, 1));
            Assert.Null(batch.TextAt(row, 2));
        });
    }

    [Fact]
    public void SetNumber_OverText_RemovesTheText()
    {
        using var batch = FeatureBatch.Rent(1, 1, withTexts: true);
        batch.SetText(0, 0, "x");

        batch.SetNumber(0, 0, 5);

        Assert.Null(batch.TextAt(0, 0));
        Assert.Equal(5, batch.Row(0)[0]);
    }

    [Fact]
    public void IsNumeric_FirstText_TurnsFalse()
    {
        using var batch = FeatureBatch.Rent(1, 1);
        var before = batch.IsNumeric;

        batch.SetText(0, 0, "x");

        Assert.True(before);
        Assert.False(batch.IsNumeric);
    }

    [Fact]
    public void Slice_SomeRows_SharesCells()
    {
        using var batch = FeatureBatch.Wrap([1, 2, 3, 4, 5, 6], 2);

        using var slice = batch.Slice(1, 2);
        slice.SetNumber(0, 0, 30);

        Assert.Equal(2, slice.Rows);
        Assert.Equal([30, 4], slice.Row(0).ToArray());
        Assert.Equal(30, batch.Row(1)[0]);
    }

    [Fact]
    public void Slice_Texts_AreThoseOfTheRows()
    {
        using var batch = FeatureBatch.Rent(2, 1, withTexts: true);
        batch.SetText(1, 0, "second");

        using var slice = batch.Slice(1, 1);

        Assert.Equal("second", slice.TextAt(0, 0));
        Assert.Equal("second", slice.TextRow(0)[0]);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    public void Slice_OutsideTheRows_Throws(int first, int rows)
    {
        using var batch = FeatureBatch.Wrap([1, 2, 3], 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Slice(first, rows));
    }

    [Fact]
    public void Slice_Grow_Throws()
    {
        using var batch = FeatureBatch.Wrap([1], 1);

        Assert.Throws<InvalidOperationException>(() => batch.AddRow());
    }

    [Fact]
    public void Wrap_NotWholeRows_Throws() => Assert.Throws<ArgumentException>(() => FeatureBatch.Wrap([1, 2, 3], 2));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    public void IsNull_OtherValues_IsFalse(double value) => Assert.False(FeatureBatch.IsNull(value));

    [Fact]
    public void IsNull_Null_IsNaNToo() => Assert.True(FeatureBatch.IsNull(FeatureBatch.Null) && double.IsNaN(FeatureBatch.Null));

    [Fact]
    public void Dispose_Twice_IsHarmless()
    {
        var batch = FeatureBatch.Rent(1, 1, withTexts: true);

        batch.Dispose();
        batch.Dispose();

        Assert.Equal(0, batch.Rows);
    }
}
