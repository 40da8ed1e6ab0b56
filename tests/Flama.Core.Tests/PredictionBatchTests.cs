namespace Flama.Tests;

public class PredictionBatchTests
{
    [Theory]
    [InlineData(new int[0], 1)]
    [InlineData(new[] { 3 }, 3)]
    [InlineData(new[] { 2, 3, 4 }, 24)]
    [InlineData(new[] { 2, 0 }, 0)]
    public void Rent_RowShape_GivesWidth(int[] shape, int width)
    {
        using var batch = PredictionBatch.Rent(PredictionKind.Float, 5, shape);

        Assert.Equal(width, batch.Width);
        Assert.Equal(5 * width, batch.Values.Length);
    }

    [Fact]
    public void Rent_ShapeBeyondMemory_Throws() =>
        Assert.Throws<OverflowException>(() => PredictionBatch.Rent(PredictionKind.Float, 2, [int.MaxValue, 2]));

    [Fact]
    public void Texts_OfMixed_StartNull()
    {
        using var batch = PredictionBatch.RentMatrix(PredictionKind.Mixed, 2, 2);

        Assert.Equal(4, batch.Texts.Length);
        Assert.All(batch.Texts.ToArray(), Assert.Null);
    }

    [Fact]
    public void LabelsOf_OneSet_IsForAllColumns()
    {
        var labels = new LabelSet([Scalar.Of(1L)]);
        using var batch = PredictionBatch.Rent(PredictionKind.Label, 1, [2], [labels]);

        Assert.Same(labels, batch.LabelsOf(1));
    }

    [Fact]
    public void Of_Parts_HasNoValuesOfItsOwn()
    {
        using var batch = PredictionBatch.Of([PredictionBatch.RentVector(PredictionKind.Float, 3), PredictionBatch.RentVector(PredictionKind.Integer, 3)]);

        Assert.Equal(2, batch.Parts.Count);
        Assert.Equal(3, batch.Rows);
        Assert.True(batch.Values.IsEmpty);
    }

    [Fact]
    public void Of_NoParts_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => PredictionBatch.Of([]));
}
