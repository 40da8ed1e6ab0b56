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
    public void List_OfArrays_HasThemInOrder()
    {
        using var output = ModelOutput.List([PredictionBatch.RentVector(PredictionKind.Float, 3), PredictionBatch.RentVector(PredictionKind.Integer, 3)]);

        Assert.Equal(2, output.Count);
        Assert.Equal(ElementType.Int64, output[1].Type);
        Assert.Throws<InvalidOperationException>(() => output.Batch);
    }

    [Fact]
    public void List_Empty_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ModelOutput.List([]));

    [Fact]
    public void Rent_AfterUse_GivesZeros()
    {
        using (var first = PredictionBatch.Of(PredictionKind.Float, [1, 2, 3]))
        {
            Assert.Equal(3, first.Rows);
        }

        using var second = PredictionBatch.RentVector(PredictionKind.Float, 3);

        Assert.Equal([0, 0, 0], second.Values.ToArray());
    }

    [Fact]
    public void Values_AfterDispose_Throw()
    {
        var batch = PredictionBatch.RentVector(PredictionKind.Float, 1);

        batch.Dispose();
        batch.Dispose();

        Assert.Throws<ObjectDisposedException>(() => batch.Values.Length);
    }
}
