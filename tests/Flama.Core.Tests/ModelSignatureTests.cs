namespace Flama.Tests;

public class TableSpecTests
{
    [Fact]
    public void HasNames_EveryFeatureNamed_IsTrue()
    {
        Assert.True(new TableSpec([new(FeatureKind.Number) { Name = "a" }]).HasNames);
        Assert.False(new TableSpec([new(FeatureKind.Number) { Name = "a" }, new(FeatureKind.Number)]).HasNames);
        Assert.False(new TableSpec([]).HasNames);
    }

    [Fact]
    public void Unknown_Signature_TakesAnyWidth()
    {
        Assert.False(TableSpec.Unknown.HasKnownFeatures);
        Assert.Equal(RowForm.Cells, TableSpec.Unknown.RowForm);
    }

    [Fact]
    public void LabelSet_Labels_KeepOrder()
    {
        var labels = new LabelSet([Scalar.Of("b"), Scalar.Of("a")]);

        Assert.Equal(2, labels.Count);
        Assert.Equal("a", labels[1].Text);
        Assert.Equal([Scalar.Of("b"), Scalar.Of("a")], labels.Labels);
    }
}
